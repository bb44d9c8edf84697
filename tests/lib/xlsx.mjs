// XLSX files as other programs, friendly or not, would send them: a zip of a few parts.

import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

// A zip archive of {name: content}.
export function zip(parts) {
  const local = [];
  const central = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw, { level: 9 });
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc32(raw), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(raw.length, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(offset, 42);
    local.push(head, Buffer.from(name), packed);
    central.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const count = Object.keys(parts).length;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const column = (index) => String.fromCharCode(65 + index);

// A workbook of one sheet. A cell {formula} is one, everything else is text.
export function xlsx(rows) {
  const cell = (value, row, col) => {
    const at = `${column(col)}${row + 1}`;
    return typeof value === 'object'
      ? `<c r="${at}"><f>${escape(value.formula)}</f><v>1</v></c>`
      : `<c r="${at}" t="inlineStr"><is><t>${escape(value)}</t></is></c>`;
  };
  const sheet = rows.map((row, i) => `<row r="${i + 1}">${row.map((value, j) => cell(value, i, j)).join('')}</row>`);
  return workbook(`<sheetData>${sheet.join('')}</sheetData>`);
}

// A workbook whose one sheet has this content.
export function workbook(content) {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  const xml = '<?xml version="1.0" encoding="UTF-8"?>';
  return zip({
    '[Content_Types].xml': `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${xml}<worksheet xmlns="${main}">${content}</worksheet>`,
  });
}

// The parts of a zip archive as text, by name; a sum that doesn't fit is told to `onFault`.
export function unzip(archive, onFault = () => {}) {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const parts = {};
  let at = archive.readUInt32LE(end + 16);
  for (let i = archive.readUInt16LE(end + 10); i > 0; --i) {
    const [size, name, extra, comment] = [archive.readUInt32LE(at + 20), ...[28, 30, 32].map((o) => archive.readUInt16LE(at + o))];
    const local = archive.readUInt32LE(at + 42);
    const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const raw = archive.subarray(begin, begin + size);
    const stored = archive.readUInt16LE(at + 10) === 0;
    const part = stored ? raw : inflateRawSync(raw);
    const called = archive.toString('utf8', at + 46, at + 46 + name);
    if (crc32(part) !== archive.readUInt32LE(at + 16)) onFault(`${called}: its sum doesn't fit`);
    parts[called] = part.toString('utf8');
    at += 46 + name + extra + comment;
  }
  return parts;
}

const unescape = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

// The rows of a workbook's first sheet: texts, and numbers as numbers; cells that are empty and
// not the last of their row as ''.
export function rowsOf(book) {
  const parts = unzip(book);
  const shared = [...(parts['xl/sharedStrings.xml'] ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, si]) =>
    unescape([...si.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => text).join('')),
  );
  const rows = [...parts['xl/worksheets/sheet1.xml'].matchAll(/<row [^>]*>(.*?)<\/row>/gs)];
  return rows.map(([, row]) => {
    const cells = [];
    for (const [, name, attributes, value] of row.matchAll(/<c r="([A-Z])\d+"([^>]*)>(?:<is>)?<[vt][^>]*>(.*?)<\/[vt]>/gs)) {
      const index = name.charCodeAt(0) - 65;
      while (cells.length < index) cells.push('');
      if (/t="s"/.test(attributes)) cells.push(shared[Number(value)]);
      else cells.push(/t="(?!n")/.test(attributes) ? unescape(value) : Number(value));
    }
    return cells;
  });
}
