// Search that is in the address a moment after the last key.
import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useFilters } from './filters';

interface Props {
  label: string;
  param?: string;
}

export function SearchBox({ label, param = 'q' }: Props) {
  const { params, choose } = useFilters();
  const choosing = useRef(choose);
  choosing.current = choose;
  const current = params.get(param) ?? '';
  const [text, setText] = useState(current);
  const [known, setKnown] = useState(current);
  // Back, forward and "clear filters" change the address from outside.
  if (known !== current) {
    setKnown(current);
    if (text.trim() !== current) setText(current);
  }

  useEffect(() => {
    const wanted = text.trim();
    if (wanted === current) return;
    const here = window.location.pathname;
    const timer = setTimeout(() => {
      // Someone who has followed a link since is not called back: this page stays
      // mounted until the next one is there.
      if (window.location.pathname !== here) return;
      choosing.current(param, wanted, { replace: true });
    }, 300);
    return () => clearTimeout(timer);
  }, [text, current, param]);

  return (
    <search className="search">
      <Input
        value={text}
        onChange={(event) => setText(event.target.value)}
        prefix={<SearchOutlined aria-hidden />}
        placeholder={label}
        aria-label={label}
        maxLength={param === 'q' ? 60 : 250}
        allowClear
        data-testid={param === 'q' ? 'search' : `search-${param}`}
      />
    </search>
  );
}
