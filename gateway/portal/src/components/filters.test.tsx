import { act, fireEvent, render, screen } from '@testing-library/react';
import { BrowserRouter } from 'react-router';
import { beforeEach, expect, test } from 'vitest';
import { FilterLinks } from './FilterLinks';
import { FilterSelect } from './FilterSelect';

const options = ['', 'a', 'b'].map((value) => ({ value, label: value || 'all' }));

beforeEach(() => {
  window.history.replaceState(null, '', '/list?page=3&q=x');
  render(
    <BrowserRouter>
      <FilterSelect label="kind" param="kind" options={options} />
      <FilterSelect label="state" param="state" options={options} />
      <FilterLinks label="unit" param="unit" options={options} />
      <FilterLinks label="month" param="month" options={options} />
    </BrowserRouter>,
  );
});

test('choices that come faster than they are drawn all count', () => {
  act(() => {
    fireEvent.change(screen.getByTestId('filter-kind'), { target: { value: 'a' } });
    fireEvent.change(screen.getByTestId('filter-state'), { target: { value: 'b' } });
    fireEvent.click(screen.getByTestId('unit-a'));
    fireEvent.click(screen.getByTestId('month-b'));
  });
  expect(window.location.search).toBe('?q=x&kind=a&state=b&unit=a&month=b');
});

test('a filter is taken out of the address, and the page with it', () => {
  fireEvent.click(screen.getByTestId('unit-b'));
  fireEvent.click(screen.getByTestId('unit-all'));
  expect(window.location.pathname + window.location.search).toBe('/list?q=x');
});

test('a link for another tab is left to the browser', () => {
  expect(screen.getByTestId('unit-a').getAttribute('href')).toBe('/list?q=x&unit=a');
  fireEvent.click(screen.getByTestId('unit-a'), { ctrlKey: true });
  expect(window.location.search).toBe('?page=3&q=x');
});
