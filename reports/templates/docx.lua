-- Blocks of ours in Word files: each has a paragraph style of its own in reference.docx.

local styles = {notice = "Notice", box = "Box", foot = "Exhibit Foot"}

function Div(div)
  for class, style in pairs(styles) do
    if div.classes:includes(class) then
      div.attributes["custom-style"] = style
      return div
    end
  end
end

-- Text in tables is smaller than text; only a style of its own keeps lists as they are.
local function small(cell)
  cell.contents = {pandoc.Div(cell.contents, {["custom-style"] = "Table Text"})}
  return cell
end

local function each_row(rows)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      small(cell)
    end
  end
end

function Table(tbl)
  each_row(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do
    each_row(body.body)
  end
  return tbl
end
