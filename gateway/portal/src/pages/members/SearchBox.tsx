// Search that is in the address a moment after the last key.
import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';

export function SearchBox({ label }: { label: string }) {
  const [params, setParams] = useSearchParams();
  const current = params.get('q') ?? '';
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
    const timer = setTimeout(() => {
      const next = new URLSearchParams(params);
      next.delete('page');
      if (wanted) next.set('q', wanted);
      else next.delete('q');
      setParams(next, { replace: true });
    }, 300);
    return () => clearTimeout(timer);
  }, [text, current, params, setParams]);

  return (
    <search className="search">
      <Input
        value={text}
        onChange={(event) => setText(event.target.value)}
        prefix={<SearchOutlined />}
        placeholder={label}
        aria-label={label}
        maxLength={60}
        allowClear
        data-testid="search"
      />
    </search>
  );
}
