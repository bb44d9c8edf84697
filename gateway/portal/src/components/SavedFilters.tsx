// The filters that the reader gave a name: a link each, and a way to keep the
// present ones.
import { StarOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { canonical, useSavedFilters } from '@/lib/savedFilters';
import { Sheet } from './Sheet';

interface Props {
  page: string;
  // The parameters of the address that are filters of this page.
  params: readonly string[];
}

export function SavedFilters({ page, params: names }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [params] = useSearchParams();
  const { list, full, save, remove } = useSavedFilters(page);
  const [asking, setAsking] = useState(false);
  const [name, setName] = useState('');
  const here = canonical(params, names);
  const offer = here !== '' && !full && !list.some((one) => one.search === here);
  if (list.length === 0 && !offer) return null;
  return (
    <div className="saved-filters">
      {list.length > 0 && (
        <nav aria-label={t('filters.saved')}>
          <ul className="filter">
            {list.map((one) => (
              <li key={one.name} className="saved-filter">
                <Link
                  to={`?${one.search}`}
                  className="filter-item"
                  aria-current={one.search === here ? 'true' : undefined}
                  data-testid="saved-filter"
                >
                  <StarOutlined aria-hidden />
                  {one.name}
                </Link>
                <button
                  type="button"
                  className="saved-filter-remove"
                  aria-label={t('filters.remove', { name: one.name })}
                  onClick={() => remove(one.name)}
                >
                  <span aria-hidden="true">×</span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {offer && (
        <button
          type="button"
          className="link"
          onClick={() => setAsking(true)}
          data-testid="save-filter"
        >
          {t('filters.save')}
        </button>
      )}
      <Sheet open={asking} title={t('filters.save')} onClose={() => setAsking(false)}>
        <form
          className="reason-form"
          onSubmit={(event) => {
            event.preventDefault();
            save(name.trim(), here);
            setAsking(false);
            setName('');
          }}
        >
          <label htmlFor={id}>{t('filters.name')}</label>
          <Input
            id={id}
            value={name}
            maxLength={20}
            autoFocus
            onChange={(event) => setName(event.target.value)}
            data-testid="filter-name"
          />
          <p className="muted">{t('filters.note')}</p>
          <Button
            type="primary"
            htmlType="submit"
            block
            disabled={!name.trim()}
            data-testid="confirm-filter"
          >
            {t('action.save')}
          </Button>
        </form>
      </Sheet>
    </div>
  );
}
