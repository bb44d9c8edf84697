// A pass in a list: where, for which plate, until when, and how much of it is left.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Pass } from '@/gen/jinhuan/resource/v1/pass_pb';
import { yuan } from '@/lib/money';
import { idOf } from '@/lib/names';
import { isLivePass, stateName, tagOf } from './states';
import { usePassPeriod } from './usePassPeriod';

interface Props {
  pass: Pass;
  zone: string;
  children?: ReactNode;
}

export function PassRow({ pass, zone, children }: Props) {
  const { t } = useTranslation();
  const period = usePassPeriod(zone);
  return (
    <div className="window-card" data-testid="pass" data-state={stateName(pass)}>
      <h3>
        <Link to={`/passes/${idOf(pass.name)}`}>{pass.facilityDisplayName}</Link>{' '}
        <span className={tagOf(pass)}>{t(`passes.is.${stateName(pass)}`)}</span>
      </h3>
      <p>
        <b>{pass.plate}</b> {period(pass)}
      </p>
      <p className="muted">
        {[
          t('passes.days', { n: pass.days }),
          isLivePass(pass) && t('passes.left', { n: pass.daysLeft }),
          pass.priceFen > 0n ? yuan(pass.priceFen) : t('booking.free'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {pass.daysRecalled > 0 && (
        <p className="problem">{t('passes.recalled', { n: pass.daysRecalled })}</p>
      )}
      {children}
    </div>
  );
}
