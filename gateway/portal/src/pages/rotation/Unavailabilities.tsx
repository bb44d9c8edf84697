// The times in which a unit can't, or would rather not, chair.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { LIVE } from '@/components/rotation/live';
import { useAct } from '@/components/rotation/useAct';
import {
  Unavailability_Strength as Strength,
  type Unavailability,
} from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { dateText, isoDay } from '@/lib/date';
import { addDays, longDay } from '@/lib/time';
import { DeclareDialog } from './DeclareDialog';

interface Props {
  unit: string;
  mayAct: boolean;
}

export function Unavailabilities({ unit, mayAct }: Props) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const [declaring, setDeclaring] = useState(false);
  const query = useQuery(
    RotationService.method.listUnavailabilities,
    { parent: alliance, member: unit, pageSize: 1000 },
    LIVE,
  );
  const times = query.data?.unavailabilities ?? [];
  const declare = mayAct && (
    <Button onClick={() => setDeclaring(true)} data-testid="declare">
      {t('rotation.away.declare')}
    </Button>
  );
  return (
    <Panel title={t('rotation.away.title')} extra={times.length > 0 && declare}>
      {query.isPending ? (
        <PageSkeleton lines={4} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : times.length === 0 ? (
        <Empty why={t('rotation.away.none')} action={declare} />
      ) : (
        <ul className="rows">
          {times.map((one) => (
            <Time key={one.name} one={one} mayAct={mayAct} />
          ))}
        </ul>
      )}
      {declaring && <DeclareDialog unit={unit} onClose={() => setDeclaring(false)} />}
    </Panel>
  );
}

function Time({ one, mayAct }: { one: Unavailability; mayAct: boolean }) {
  const { t, i18n } = useTranslation();
  const cancel = useAct(RotationService.method.cancelUnavailability, () =>
    t('rotation.away.cancelled'),
  );
  const wish = one.strength === Strength.PREFER_NOT;
  return (
    <li className="away" data-testid="unavailability">
      <div className="todo-text">
        <p>
          <span className={wish ? 'tag' : 'tag tag-draft'}>
            {t(wish ? 'rotation.away.preferNot' : 'rotation.away.cannot')}
          </span>{' '}
          <b>
            {t('rotation.away.fromTo', {
              from: dateText(one.startDate, i18n.language),
              to: longDay(addDays(isoDay(one.endDate), -1), i18n.language),
            })}
          </b>
          {one.deferral && <span className="tag tag-kind">{t('rotation.away.deferral')}</span>}
        </p>
        <p className="muted said">{one.reason}</p>
        {cancel.error && <p className="problem">{explain(cancel.error).text}</p>}
      </div>
      {mayAct && (
        <Button
          loading={cancel.isPending}
          onClick={() => cancel.send({ name: one.name })}
          data-testid="cancel-unavailability"
        >
          {t('rotation.away.cancel')}
        </Button>
      )}
    </li>
  );
}
