// The demo's procedures: one under way, one that is being published.

const SERVICE = 'meeting.v1.ProcedureService';
const plans = [
  { title: '金环楼宇共享停车扩容', template: 'four-two', records: ['街道党工委提议：将夜间共享车位扩至 600 个。'] },
  {
    title: '午餐时段电梯拥堵治理',
    template: 'consultation',
    records: ['三家单位联名提出。', '征求 12 家单位意见，形成错峰用餐方案。'],
  },
];

// Makes only what is not there yet, by title.
export async function loadProcedures(alliance, street) {
  const before = await street.list(`${SERVICE}/ListProcedures`, 'procedures', { parent: alliance });
  for (const { title, template, records } of plans) {
    if (before.some((one) => one.title === title)) continue;
    const { name } = await street.call(`${SERVICE}/StartProcedure`, {
      parent: alliance,
      procedure: { title, template: `${alliance}/procedureTemplates/${template}` },
    });
    for (const [step, record] of records.entries()) {
      await street.call(`${SERVICE}/AdvanceProcedure`, { name, step, record });
    }
  }
}
