// Where the QR code of a meeting leads: one tap, and the unit is there.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { bodyOf, isOpenToOthers } from '@/components/meetings/bodies';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Problem } from '@/components/Problem';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import NotFoundPage from '../NotFoundPage';
import './live.css';

export default function CheckInPage() {
  const { t } = useTranslation();
  const ids = { code: useId(), title: useId() };
  const { id } = useParams();
  const [params] = useSearchParams();
  const { alliance, member, memberDisplayName } = useWork();
  const name = `${alliance}/meetings/${id}`;
  const query = useQuery(MeetingService.method.getMeeting, { name });
  const [code, setCode] = useState(params.get('code') ?? '');
  const [delegateTitle, setDelegateTitle] = useState('');
  const [substitute, setSubstitute] = useState(false);
  const checkIn = useActOf(MeetingService.method.checkInDelegate, [MeetingService], (after) =>
    t('session.checkInDone', { unit: after.displayName }),
  );
  const [done, setDone] = useState(false);
  if (!member) return <NotFoundPage />;
  if (query.isPending) return <PageSkeleton lines={6} />;
  const back = { to: `/meetings/${id}`, label: t('session.details') };
  if (!query.data) {
    return (
      <>
        <PageHead title={t('session.checkInTitle')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const observes = isOpenToOthers(query.data);
  return (
    <>
      <PageHead title={t('session.checkInTitle')} sub={query.data.title} back={back} />
      {done ? (
        <section className="panel" role="status">
          <p data-testid="checked-in">{t('session.checkInDone', { unit: memberDisplayName })}</p>
          <Link to={`/meetings/${id}/live`} className="button-link button-primary">
            {t('session.checkInTo')}
          </Link>
        </section>
      ) : (
        <form
          className="panel live-form"
          onSubmit={(event) => {
            event.preventDefault();
            checkIn.send({ name, member, code: code.trim(), delegateTitle, substitute }, () =>
              setDone(true),
            );
          }}
        >
          <p>{memberDisplayName}</p>
          {observes && (
            <p className="banner" data-testid="observes">
              {t('meetings.notDue', { body: t(`meetings.body.${bodyOf(query.data)}`) })}
            </p>
          )}
          <div className="field">
            <label htmlFor={ids.code}>{t('session.checkInCode')}</label>
            <Input
              id={ids.code}
              value={code}
              maxLength={6}
              inputMode="numeric"
              autoComplete="one-time-code"
              onChange={(event) => setCode(event.target.value)}
              data-testid="code"
            />
          </div>
          <div className="field">
            <label htmlFor={ids.title}>{t('session.checkInDelegate')}</label>
            <Input
              id={ids.title}
              value={delegateTitle}
              maxLength={60}
              onChange={(event) => setDelegateTitle(event.target.value)}
            />
          </div>
          {!observes && (
            <Checkbox
              checked={substitute}
              onChange={(event) => setSubstitute(event.target.checked)}
            >
              {t('session.checkInSubstitute')}
            </Checkbox>
          )}
          <Problem error={checkIn.error} />
          <Button
            type="primary"
            htmlType="submit"
            block
            loading={checkIn.isPending}
            disabled={!/^\d{6}$/.test(code.trim())}
            data-testid="check-in"
          >
            {t('session.checkInNow')}
          </Button>
        </form>
      )}
    </>
  );
}
