// Minutes as files, read by other programs: the PDF by poppler, measured on its pages; the
// OpenDocument text and the workbooks by LibreOffice.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { meetingInSession } from '../lib/meetings.mjs';
import { Pdf, byOffice, zipFaults } from '../lib/papers.mjs';
import { Suite } from '../lib/suite.mjs';
import { once, shanghaiDate } from '../lib/world.mjs';
import { rowsOf } from '../lib/xlsx.mjs';

const MEETING = 'meeting.v1.MeetingService';
const TASK = '开放夜间车位'; // on one line of its cell, so that it is found as one
const PARAGRAPH =
  '会议认为，夜间停车供需矛盾突出，应当由写字楼业主单位错时开放车位，居民凭预约进出，费用从优。' +
  '“先约后停”的办法经表决通过，自下月起试行三个月，试行期满由轮值主席单位组织评估后再定。';

const NUMBER = /^\s*[—–-]+\s*(\d+)\s*[—–-]+\s*$/gm; // of a page, on a line of its own

let suite;
let street;
let minutes;
let books; // other workbooks
const files = {};
before(async () => {
  suite = await Suite.start('papers');
  street = await suite.as('street');
  const meeting = await meetingInSession(suite, street);
  await street.call(`${MEETING}/CloseMeeting`, { name: meeting, requestId: once() });
  const drafted = await street.call(`${MEETING}/DraftMinutes`, { name: meeting, requestId: once() });
  minutes = await street.call(`${MEETING}/UpdateMinutes`, {
    minutes: {
      name: drafted.name,
      etag: drafted.etag,
      masthead: '金穗里党建联盟常务理事会会议纪要', // longer than a line of its usual size
      number: '〔2026〕3号',
      sections: Array.from({ length: 8 }, (_, i) => ({
        heading: `关于第${i + 1}项`,
        body: Array(3).fill(PARAGRAPH).join('\n'),
      })),
      tasks: Array.from({ length: 60 }, (_, i) => ({
        title: i === 7 ? '=1+1' : `${TASK}（${i + 1}）`,
        responsibleUnit: '云杉银行',
        responsiblePerson: '副总经理',
        dueDate: { year: 2099, month: 12, day: 31 },
      })),
    },
    updateMask: 'masthead,number,sections,tasks',
    requestId: once(),
  });
  for (const format of ['PDF', 'ODT', 'XLSX']) {
    const file = await street.call(`${MEETING}/ExportMinutes`, {
      name: minutes.name,
      format: `MINUTES_FORMAT_${format}`,
    });
    files[format] = Buffer.from(file.content, 'base64');
  }
  const { alliance: parent } = suite.demo;
  const { year } = shanghaiDate();
  await street.call('meeting.v1.RequestService/CreateRequest', {
    parent,
    request: { title: '=1+1', place: '某路 1 号', category: 'REQUEST_CATEGORY_NOISE' },
    requestId: once(),
  });
  books = [
    await street.call('meeting.v1.RequestService/ExportRequests', { parent, view: 'REQUEST_VIEW_ALLIANCE' }),
    await street.call('meeting.v1.ReportService/ExportEvaluation', {
      parent,
      startDate: { year, month: 1, day: 1 },
      endDate: { year, month: 12, day: 31 },
    }),
  ];
});
after(() => suite?.end());

const near = (value, wanted, by, what) =>
  assert.ok(Math.abs(value - wanted) <= by, `${what}: ${value.toFixed(2)} mm, not ${wanted} ± ${by}`);
// Where a person can look at the pages.
const keep = (name) => process.env.JINHUAN_ARTIFACTS && join(process.env.JINHUAN_ARTIFACTS, name);
// Text without what a line's end or a column adds.
const solid = (text) => text.replaceAll(/\s/g, '');

test('the PDF: A4, every font embedded, its text found', () => {
  const pdf = new Pdf(files.PDF);
  const { pages, width, height, title } = pdf.info();
  near(width, 210, 0.1, 'width');
  near(height, 297, 0.1, 'height');
  assert.equal(title, minutes.title);
  assert.ok(pages >= 5, `${pages} pages`);
  const fonts = pdf.fonts();
  assert.ok(fonts.length > 0);
  for (const font of fonts) assert.ok(font.embedded && font.subset && font.unicode, JSON.stringify(font));
  const text = pdf.text();
  assert.equal(text.length, pages);
  const lines = text.flatMap((page) => page.replace(NUMBER, '').trimEnd().split('\n').map(solid));
  assert.ok(lines.includes(solid(minutes.masthead)), 'the masthead is one line');
  const ends = text.map((page) => solid(page.replace(NUMBER, '').trimEnd().split('\n').at(-1)));
  assert.ok(!ends.some((line) => /^[一二三四五六七八]、/.test(line)), `no page ends with a heading: ${ends}`);
  // A name may go on behind a page's end, and so behind its number.
  const whole = solid(text.map((page) => page.replace(NUMBER, '')).join(''));
  const wanted = [minutes.masthead, minutes.number, minutes.title, minutes.signature, '二、关于第2项', '=1+1', `${TASK}（60）`];
  for (const one of [...wanted, ...minutes.present.map(({ displayName }) => displayName)]) {
    assert.ok(whole.includes(solid(one)), one);
  }
  // A date stays on one line of its cell.
  assert.equal(text.join('').match(/2099-12-31/g).length, minutes.tasks.length);
  // Each page has its number, and only its own.
  for (const [i, page] of text.entries()) {
    const numbers = [...page.matchAll(NUMBER)].map(([, number]) => number);
    assert.deepEqual(numbers, [String(i + 1)]);
  }
});

test('the PDF: the ink of each page stays within the margins of GB/T 9704', () => {
  const pages = new Pdf(files.PDF).ink({ below: 37 + 225 + 3, keep: keep('minutes') });
  for (const [i, { left, top, right }] of pages.entries()) {
    const page = `page ${i + 1}`;
    // A glyph or a rule may stand out by a part of a millimetre.
    assert.ok(left >= 27.5, `${page}: left ${left.toFixed(2)} mm`);
    assert.ok(right >= 25.5, `${page}: right ${right.toFixed(2)} mm`);
    assert.ok(top >= 36.5, `${page}: top ${top.toFixed(2)} mm`);
  }
  // Pages of text begin at the top of the type area, and lines fill it from side to side.
  const full = pages.slice(1, 4);
  for (const [i, { left, top, right }] of full.entries()) {
    near(top, 37, 5, `top of page ${i + 2}`);
    near(left, 28, 2, `left of page ${i + 2}`);
    near(right, 26, 3, `right of page ${i + 2}`);
  }
  // Page numbers stand below the type area.
  for (const { bottom } of new Pdf(files.PDF).ink()) assert.ok(bottom > 15 && bottom < 35, `bottom ${bottom}`);
});

test('the OpenDocument text: valid, and read by LibreOffice to the last word', () => {
  assert.deepEqual(zipFaults(files.ODT), []);
  const pdf = new Pdf(byOffice(files.ODT, 'minutes.odt', 'pdf'));
  const { width, height, pages } = pdf.info();
  near(width, 210, 0.3, 'width');
  near(height, 297, 0.3, 'height');
  assert.ok(pages >= 5, `${pages} pages`);
  pdf.ink({ keep: keep('minutes-office') });
  const whole = solid(pdf.text().join(''));
  for (const one of [minutes.masthead, minutes.number, minutes.title, minutes.signature, '=1+1', `${TASK}（60）`]) {
    assert.ok(whole.includes(solid(one)), one);
  }
  for (const { body } of minutes.sections) for (const one of body.split('\n')) assert.ok(whole.includes(solid(one)));
});

test('workbooks: valid, opened by Calc cell by cell, and no text is a formula', () => {
  assert.deepEqual(zipFaults(files.XLSX), []);
  const again = rowsOf(byOffice(files.XLSX, 'tasks.xlsx', 'xlsx'));
  const own = rowsOf(files.XLSX);
  assert.equal(own.length, 61);
  assert.deepEqual(again, own);
  assert.equal(own[8][1], '=1+1');
  const csv = byOffice(files.XLSX, 'tasks.xlsx', 'csv:Text - txt - csv (StarCalc):44,34,76').toString('utf8');
  assert.match(csv, /=1\+1/);
  assert.match(csv, /2099-12-31/);
});

test('the workbooks of requests and evaluations open in Calc as they are', () => {
  for (const { content, filename } of books) {
    const bytes = Buffer.from(content, 'base64');
    assert.deepEqual(zipFaults(bytes), [], filename);
    const own = rowsOf(bytes);
    assert.ok(own.length > 1, filename);
    assert.deepEqual(rowsOf(byOffice(bytes, 'book.xlsx', 'xlsx')), own, filename);
  }
});

test('what is broken is seen', () => {
  const torn = Buffer.from(files.ODT);
  torn[60] ^= 0xff;
  assert.throws(() => assert.deepEqual(zipFaults(torn), []));
  // Half of it, which LibreOffice would have to repair.
  assert.throws(() => byOffice(files.ODT.subarray(0, files.ODT.length / 2), 'half.odt', 'pdf'));
});
