import { expect, test } from 'vitest';
import { newStep, sentSteps, weightsOf } from './steps';

test('a new milestone leaves its id and its date to the server', () => {
  const step = { ...newStep('a'), title: ' 摸底 ' };
  expect(sentSteps([step])).toEqual([{ id: '', title: '摸底', weight: 1, dueDate: undefined }]);
});

test('a weight that is no number is sent as one that is refused, and adds nothing', () => {
  const steps = ['30', 'x', '1.5', ''].map((weight, i) => ({ ...newStep(String(i)), weight }));
  expect(sentSteps(steps).map((one) => one.weight)).toEqual([30, -1, -1, -1]);
  expect(weightsOf(steps)).toBe(30);
});
