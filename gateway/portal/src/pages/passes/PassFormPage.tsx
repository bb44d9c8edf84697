// Asks for a pass: where, which windows, which month, which plate; the price shows before.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Checkbox, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { explain, fieldName } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { useStep } from '@/components/bookings/useStep';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterSelect } from '@/components/FilterSelect';
import { MemberSelect } from '@/components/MemberSelect';
import { NativeSelect } from '@/components/NativeSelect';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Problem } from '@/components/Problem';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { type Facility, FacilityKind, type Window } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { Pass_State } from '@/gen/jinhuan/resource/v1/pass_pb';
import { apiDate } from '@/lib/date';
import { yuan } from '@/lib/money';
import { idOf } from '@/lib/names';
import { isPlate, normalizePlate, rememberPlate } from '@/lib/plate';
import { dayOf, longDay } from '@/lib/time';
import { useDefaultPlate } from '../booking/useDefaultPlate';
import { type Period, periods } from './periods';
import { givesPasses, useFirstWithPasses, windowsOf } from './useFirstWithPasses';
import '../booking/sheet.css';

export default function PassFormPage() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const [params] = useSearchParams();
  const places = useQuery(FacilityService.method.listFacilities, {
    parent: alliance,
    kind: FacilityKind.PARKING,
    pageSize: 1000,
  });
  const parks = places.data?.facilities ?? [];
  const asked = parks.find((one) => idOf(one.name) === params.get('facility'));
  // Nobody asked for one: the first that gives passes.
  const first = useFirstWithPasses(alliance, parks, places.isSuccess && !asked);
  const standing = parks.find((one) => one.name === first.data);
  const chosen = asked ?? standing;
  const back = { to: '/mine/passes', label: t('passes.title') };
  return (
    <>
      <PageHead title={t('passes.create')} sub={t('passes.sub')} back={back} />
      {places.isPending || (!asked && first.isPending) ? (
        <PageSkeleton />
      ) : places.error || (!asked && first.error) ? (
        <Failure
          text={explain(places.error ?? first.error).text}
          retry={() => (places.error ? places : first).refetch()}
        />
      ) : !chosen ? (
        <div className="panel">
          <Empty why={t('passes.nowhere')} action={<NowhereAction />} />
        </div>
      ) : (
        <>
          <div className="filters">
            <FilterSelect
              label={t('passes.facility')}
              param="facility"
              options={parks.map((one) => ({
                value: one === standing ? '' : idOf(one.name),
                label: one.displayName,
              }))}
            />
          </div>
          <Windows key={chosen.name} facility={chosen} />
        </>
      )}
    </>
  );
}

// Who lends may give passes; others book day by day.
function NowhereAction() {
  const { t } = useTranslation();
  const { isLiaison, isStreet } = useWork();
  return isLiaison || isStreet ? (
    <Link to="/facilities">{t('nav.facilities')}</Link>
  ) : (
    <Link to="/parking">{t('mine.book')}</Link>
  );
}

function Windows({ facility }: { facility: Facility }) {
  const { t } = useTranslation();
  const query = useQuery(FacilityService.method.listWindows, windowsOf(facility.name));
  if (query.isPending) return <PageSkeleton />;
  if (query.error) {
    return <Failure text={explain(query.error).text} retry={() => query.refetch()} />;
  }
  const windows = query.data.windows.filter(givesPasses);
  if (windows.length > 0) return <PassForm windows={windows} />;
  return (
    <div className="panel">
      <Empty
        why={t('passes.notGiven', { place: facility.displayName })}
        action={<Link to="/parking">{t('mine.book')}</Link>}
      />
    </div>
  );
}

function PassForm({ windows }: { windows: Window[] }) {
  const { t, i18n } = useTranslation();
  const { alliance, member: unit } = useWork();
  const { zone } = useAlliance();
  const navigate = useNavigate();
  const id = useId();
  const choices = periods(dayOf(Date.now(), zone));
  const [names, setNames] = useState(windows.slice(0, 1).map((one) => one.name));
  const [period, setPeriod] = useState<Period>('next');
  const [own, setOwn] = useState(choices.next);
  const [typed, setTyped] = useState<string | null>(null);
  const [member, setMember] = useState(unit);
  const [tried, setTried] = useState(false);
  const create = useStep(BookingService.method.createPass, (made) =>
    t(`passes.made.${made.state === Pass_State.PENDING ? 'pending' : 'active'}`),
  );

  const known = useDefaultPlate(true);
  const plate = typed ?? known;
  const days = period === 'own' ? own : choices[period];
  const complete = isPlate(plate) && !!member && names.length > 0 && !!days.first && !!days.last;
  const pass = {
    windows: names,
    plate: normalizePlate(plate),
    startDate: apiDate(days.first),
    endDate: apiDate(days.last),
    member,
  };
  const preview = useQuery(
    BookingService.method.createPass,
    { parent: alliance, pass, validateOnly: true },
    { enabled: complete, retry: false, refetchOnWindowFocus: false },
  );
  // What the server says of a field stands at it, whether asked beforehand or on sending.
  const error = create.error ?? preview.error;
  const violations = error ? explain(error).violations : [];
  const at = (field: string) =>
    violations.find((one) => fieldName(one.field).startsWith(field))?.text;
  const plateError = tried && !isPlate(plate) ? t('booking.plateInvalid') : at('plate');
  const periodError = at('endDate') ?? at('startDate');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!complete) return;
    rememberPlate(plate);
    create.send({ parent: alliance, pass }, (made) => navigate(`/passes/${idOf(made.name)}`));
  };
  return (
    <form className="panel form" onSubmit={submit} noValidate>
      <div className="form-grid">
        {windows.length > 1 && (
          <div className="field form-wide">
            <span id={`${id}-windows`}>{t('passes.windows')}</span>
            <Checkbox.Group
              aria-labelledby={`${id}-windows`}
              value={names}
              onChange={(chosen) => setNames(chosen.map(String))}
              options={windows.map((one) => ({
                value: one.name,
                label: one.displayName || t('facilities.window'),
              }))}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}-period`}>{t('passes.period')}</label>
          <NativeSelect
            id={`${id}-period`}
            value={period}
            aria-invalid={!!periodError}
            aria-describedby={`${id}-period-note`}
            choices={(['next', 'rest', 'own'] as const).map((value) => ({
              value,
              label: t(`passes.periods.${value}`),
            }))}
            onChange={(event) => setPeriod(event.target.value as Period)}
            data-testid="pass-period"
          />
          <p id={`${id}-period-note`} className={periodError ? 'field-error' : 'muted'}>
            {periodError ??
              `${longDay(days.first, i18n.language)} – ${longDay(days.last, i18n.language)}`}
          </p>
        </div>
        {period === 'own' &&
          (['first', 'last'] as const).map((end) => (
            <div key={end} className="field">
              <label htmlFor={`${id}-${end}`}>{t(`passes.${end}`)}</label>
              <Input
                id={`${id}-${end}`}
                type="date"
                value={own[end]}
                onChange={(event) => setOwn({ ...own, [end]: event.target.value })}
              />
            </div>
          ))}
        <div className="field">
          <label htmlFor={`${id}-plate`}>{t('booking.plate')}</label>
          <Input
            id={`${id}-plate`}
            value={plate}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={12}
            status={plateError ? 'error' : ''}
            aria-invalid={!!plateError}
            aria-describedby={`${id}-plate-note`}
            data-testid="plate"
          />
          <p id={`${id}-plate-note`} className={plateError ? 'field-error' : 'muted'}>
            {plateError ?? t('passes.plateHint')}
          </p>
        </div>
        {!unit && <MemberSelect value={member} onChange={setMember} missing={tried && !member} />}
      </div>
      <p className="sheet-total" aria-live="polite" data-testid="pass-price">
        <span>{preview.data ? t('passes.days', { n: preview.data.days }) : ' '}</span>
        <strong>
          {preview.data &&
            (preview.data.priceFen > 0n ? yuan(preview.data.priceFen) : t('booking.free'))}
        </strong>
      </p>
      {violations.length === 0 && <Problem error={error} />}
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          loading={create.isPending}
          data-testid="pass-confirm"
        >
          {t('passes.confirm')}
        </Button>
      </div>
    </form>
  );
}
