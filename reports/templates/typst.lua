-- Blocks of ours in Typst: notices, boxes, the foot of an exhibit, its id, and pictures with their alternative text.

local blocks = {notice = "notice-box", box = "box-block", foot = "foot"}

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

local longest = 22

local function rows_of(tbl)
  local rows = 0
  for _, body in ipairs(tbl.bodies) do
    rows = rows + #body.body
  end
  return rows
end

local function is_foot(block)
  return block and block.t == "Div" and block.classes:includes("foot")
end

-- A picture or a short table and its foot stay together: notes on the next page would be read with another exhibit.
local function Blocks(list)
  local found = pandoc.Blocks({})
  local index = 1
  while index <= #list do
    local block, foot = list[index], list[index + 1]
    local whole = block.t == "Figure" or (block.t == "Table" and rows_of(block) <= longest)
    if whole and is_foot(foot) then
      found:insert(pandoc.RawBlock("typst", block.t == "Figure" and "#picture[" or "#exhibit["))
      found:insert(block)
      found:insert(foot)
      found:insert(pandoc.RawBlock("typst", "]"))
      index = index + 2
    else
      found:insert(block)
      index = index + 1
    end
  end
  return found
end

local function Div(div)
  for class, name in pairs(blocks) do
    if div.classes:includes(class) then
      local content = div.content
      content:insert(1, pandoc.RawBlock("typst", "#" .. name .. "["))
      content:insert(pandoc.RawBlock("typst", "]"))
      return content
    end
  end
end

local function Span(span)
  if span.classes:includes("id") then
    local content = span.content
    content:insert(1, pandoc.RawInline("typst", "#idmark["))
    content:insert(pandoc.RawInline("typst", "]"))
    return content
  end
end

local function Image(image)
  local alternative = image.attributes.alt or pandoc.utils.stringify(image.caption)
  return pandoc.RawInline("typst", "#image(" .. quoted(image.src) .. ", width: picture-width, alt: " .. quoted(alternative) .. ")")
end

-- A short table stays on one page; a long one may break, with its head repeated.
local function Table(tbl)
  if rows_of(tbl) > longest then
    return {
      pandoc.RawBlock("typst", "#[#show figure.where(kind: table): set block(breakable: true)"),
      tbl,
      pandoc.RawBlock("typst", "]"),
    }
  end
end

-- the foot is looked for before it is written as Typst
return {{Blocks = Blocks}, {Div = Div, Span = Span, Image = Image, Table = Table}}
