// Who chairs when: the chair now, the terms on an axis of time, or as a list.
import { Button, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { Folded } from '@/components/Folded';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fullDate } from '@/components/rotation/dates';
import { SectorKey } from '@/components/rotation/SectorMark';
import { Timeline } from '@/components/rotation/Timeline';
import { useTerms } from '@/components/rotation/useTerms';
import { useUnits } from '@/components/rotation/useUnits';
import { SavedFilters } from '@/components/SavedFilters';
import type { ChairTerm } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { useIsPhone } from '@/lib/media';
import { idOf } from '@/lib/names';
import { instant, isDay } from '@/lib/time';
import { NowChair } from './NowChair';
import { PendingSwaps } from './PendingSwaps';
import { RotationTabs } from './RotationTabs';
import { TermCards } from './TermCards';
import { TermSheet } from './TermSheet';
import { TermTable } from './TermTable';
import { useSearch } from './useSearch';
import { useZoom, ZoomLinks } from './Zoom';
import './rotation.css';

export default function RotationPage() {
  const { t, i18n } = useTranslation();
  const { alliance, member } = useWork();
  const { alliance: whole, zone } = useAlliance();
  const phone = useIsPhone();
  const search = useSearch();
  const units = useUnits();
  const years = useZoom();
  const fromId = useId();
  const from = search.get('from');
  const mine = search.get('unit') === 'mine' && member !== '';
  const asTimeline = (search.get('view') || (phone ? 'list' : 'timeline')) === 'timeline';
  const everyTerm = useTerms();
  const query = useTerms({
    member: mine ? member : undefined,
    endAfter: isDay(from) ? instant(from, 0, zone) : undefined,
    pageToken: search.get('page'),
    pageSize: 200,
  });
  const terms = query.data?.chairTerms ?? [];
  const selected = search.get('term');
  const open = (term: ChairTerm) => search.set({ term: idOf(term.name) });
  const to = (term: ChairTerm) => search.to({ term: idOf(term.name) });
  const filtered = mine || isDay(from);

  return (
    <>
      <PageHead title={t('nav.rotation')} sub={t('rotation.sub')}>
        {!phone && (
          <Button onClick={() => window.print()} disabled={terms.length === 0}>
            {t('action.print')}
          </Button>
        )}
      </PageHead>
      <RotationTabs />
      <div className="no-print">
        <NowChair terms={everyTerm.data?.chairTerms ?? []} zone={zone} units={units} />
        <PendingSwaps />
      </div>
      <div className="filters">
        <FilterLinks
          label={t('rotation.view.label')}
          param="view"
          options={
            phone
              ? [
                  { value: '', label: t('rotation.view.cards') },
                  { value: 'timeline', label: t('rotation.view.timeline') },
                ]
              : [
                  { value: '', label: t('rotation.view.timeline') },
                  { value: 'list', label: t('rotation.view.list') },
                ]
          }
        />
        <Folded label={t('rotation.filter.more')} params={['unit', 'from']}>
          {member && (
            <FilterLinks
              label={t('rotation.filter.unit')}
              param="unit"
              options={[
                { value: '', label: t('rotation.filter.all') },
                { value: 'mine', label: t('rotation.filter.mine') },
              ]}
            />
          )}
          <label htmlFor={fromId} className="filter-date">
            <span>{t('rotation.filter.from')}</span>
            <Input
              id={fromId}
              type="date"
              value={from}
              onChange={(event) => search.set({ from: event.target.value, page: '' })}
              data-testid="filter-from"
            />
          </label>
        </Folded>
        {asTimeline && <ZoomLinks />}
      </div>
      <div className="no-print">
        <SavedFilters page="rotation" params={['unit', 'from']} />
      </div>
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : terms.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(filtered ? 'rotation.noneFound' : 'rotation.none')}
            action={
              filtered ? (
                <Link to="/rotation">{t('action.clearFilters')}</Link>
              ) : (
                <Link to="/rotation/pool">{t('rotation.pool.go')}</Link>
              )
            }
          />
        </div>
      ) : (
        <>
          <div className="no-print">
            {asTimeline ? (
              <section className="panel" aria-label={t('rotation.terms')}>
                <Timeline
                  lanes={[
                    {
                      id: 'published',
                      label: t('rotation.lane.published'),
                      blocks: terms.map((term) => ({ term })),
                    },
                  ]}
                  label={t('rotation.timeline')}
                  zone={zone}
                  units={units}
                  years={years}
                  open={{ lane: 'published', term: `${alliance}/chairTerms/${selected}` }}
                  onOpen={open}
                />
                <SectorKey />
              </section>
            ) : phone ? (
              <TermCards terms={terms} zone={zone} units={units} to={to} />
            ) : (
              <div className="panel table-panel">
                <TermTable terms={terms} zone={zone} units={units} to={to} />
              </div>
            )}
          </div>
          <section className="print-only">
            <p>
              {whole?.displayName} ·{' '}
              {t('rotation.printed', { date: fullDate(Date.now(), zone, i18n.language) })}
            </p>
            <TermTable terms={terms} zone={zone} units={units} />
          </section>
        </>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
      <TermSheet
        id={selected}
        terms={terms}
        onClose={() => search.set({ term: '' })}
        onMove={open}
      />
    </>
  );
}
