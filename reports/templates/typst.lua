-- Blocks of ours in Typst: notices, boxes, the foot of an exhibit, its id, and pictures with their alternative text.

local blocks = {notice = "notice-box", box = "box-block", foot = "foot"}

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

function Div(div)
  for class, name in pairs(blocks) do
    if div.classes:includes(class) then
      local content = div.content
      content:insert(1, pandoc.RawBlock("typst", "#" .. name .. "["))
      content:insert(pandoc.RawBlock("typst", "]"))
      return content
    end
  end
end

function Span(span)
  if span.classes:includes("id") then
    local content = span.content
    content:insert(1, pandoc.RawInline("typst", "#idmark["))
    content:insert(pandoc.RawInline("typst", "]"))
    return content
  end
end

function Image(image)
  local alternative = image.attributes.alt or pandoc.utils.stringify(image.caption)
  return pandoc.RawInline("typst", "#image(" .. quoted(image.src) .. ", width: picture-width, alt: " .. quoted(alternative) .. ")")
end

local longest = 22

-- A short table stays on one page; a long one may break, with its head repeated.
function Table(tbl)
  local rows = 0
  for _, body in ipairs(tbl.bodies) do
    rows = rows + #body.body
  end
  if rows > longest then
    return {
      pandoc.RawBlock("typst", "#[#show figure.where(kind: table): set block(breakable: true)"),
      tbl,
      pandoc.RawBlock("typst", "]"),
    }
  end
end
