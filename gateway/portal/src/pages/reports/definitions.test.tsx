import { createRouterTransport } from '@connectrpc/connect';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { Measure } from '@/gen/jinhuan/meeting/v1/evaluation_pb';
import { ReportService } from '@/gen/jinhuan/meeting/v1/report_service_pb';
import { switchLanguage } from '@/i18n';
import en from '@/i18n/en/reports.json';
import zh from '@/i18n/zh-CN/reports.json';
import { fakeTransport, newFake } from '@/test/fake';
import { overlay } from '@/test/overlay';
import { renderAt } from '@/test/renderAt';

const measures = Object.values(Measure).filter((one) => typeof one === 'number' && one > 0);

it('are there for every measure, in both languages', () => {
  for (const { definition, measure } of [zh, en]) {
    expect(Object.keys(definition)).toEqual(measures.map(String));
    expect(Object.keys(measure)).toEqual(expect.arrayContaining(Object.keys(definition)));
  }
});

it('stand under the figures, of each line that was measured', async () => {
  await switchLanguage('zh-CN');
  const own = createRouterTransport((router) => {
    router.service(ReportService, {
      getEvaluation: () => ({
        total: [
          { measure: Measure.PROJECT_RESOLUTION, numerator: 0n, denominator: 1n },
          { measure: Measure.NEED_MET, numerator: 0n, denominator: 0n },
        ],
      }),
    });
  });
  const fake = newFake();
  fake.role = Role.STREET_ADMIN;
  renderAt('/reports/evaluation', fake, overlay(fakeTransport(fake), own, ReportService));
  const lines = await screen.findAllByTestId('definition');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toHaveTextContent('项目完成率期内到期的项目中，已通过验收的');
});
