// The demo's requests: a dispatch table, and one request in each stage of its life.

const SERVICE = 'meeting.v1.RequestService';

const reports = [
  { by: 'staff1', title: '地铁口共享单车堆满人行道', place: '金穗路地铁站 2 号口', category: 'REQUEST_CATEGORY_PARKING' },
  { by: 'staff2', title: '楼下工地夜间施工', place: '金穗路 88 弄', category: 'REQUEST_CATEGORY_NOISE' },
  { by: 'staff1', title: '小区门口路灯不亮', place: '谷仓路 12 号', category: 'REQUEST_CATEGORY_REPAIR', start: true },
  { by: 'staff2', title: '绿化带有垃圾', place: '麦香公园东门', category: 'REQUEST_CATEGORY_ENVIRONMENT', result: '已清运，并加装一处垃圾箱。' },
  { by: 'staff1', title: '电梯异响', place: '小寒大厦 3 号梯', category: 'REQUEST_CATEGORY_REPAIR', result: '维保单位已更换导靴。', rating: 5 },
];

// `people` are callers by login; `handler` is the login of the liaison whose unit handles
// what is broken or dirty. Makes only what is not there yet, by title.
export async function loadRequests(alliance, people, handler, member) {
  const street = people.get('street');
  const table = await street.call(`${SERVICE}/GetDispatchTable`, { parent: alliance });
  if (!table.rules?.length) {
    const rules = ['REPAIR', 'ENVIRONMENT'].map((what) => ({ category: `REQUEST_CATEGORY_${what}`, member }));
    await street.call(`${SERVICE}/UpdateDispatchTable`, {
      parent: alliance,
      dispatchTable: { etag: table.etag, rules },
    });
  }
  const known = await street.list(`${SERVICE}/ListRequests`, 'requests', {
    parent: alliance,
    view: 'REQUEST_VIEW_ALLIANCE',
  });
  const titles = new Set(known.map(({ title }) => title));
  for (const { by, start, result, rating, ...request } of reports) {
    if (titles.has(request.title)) continue;
    const { name } = await people.get(by).call(`${SERVICE}/CreateRequest`, { parent: alliance, request });
    if (start) await people.get(handler).call(`${SERVICE}/StartRequest`, { name });
    if (result) await people.get(handler).call(`${SERVICE}/ResolveRequest`, { name, result });
    if (rating) await people.get(by).call(`${SERVICE}/RateRequest`, { name, rating });
  }
}
