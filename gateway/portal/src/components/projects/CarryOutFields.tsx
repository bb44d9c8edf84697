// Who carries something out and until when, as a resolution and its project say it alike.
import { Input } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { MemberSelect } from '@/components/MemberSelect';
import { UnitPicker } from '@/components/UnitPicker';
import { apiDate } from '@/lib/date';

interface CarryOut {
  leadMember: string;
  // "2026-11-28"; "" for none yet.
  due: string;
  supportingMembers: string[];
}

interface Props {
  values: CarryOut;
  onChange: (change: Partial<CarryOut>) => void;
  // What the server says of a field, by its path.
  wrong: (path: string) => string | undefined;
  testId: string;
  // What stands between: who in the unit, by what it is judged.
  children?: ReactNode;
}

export function CarryOutFields({ values, onChange, wrong, testId, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      <MemberSelect
        value={values.leadMember}
        onChange={(leadMember) => onChange({ leadMember })}
        label={t('projects.field.leadMember')}
        needed
        wrong={wrong('lead_member')}
      />
      <div className="field">
        <label htmlFor={`${id}-due`} className="needed">
          {t('projects.field.dueDate')}
        </label>
        <Input
          id={`${id}-due`}
          type="date"
          value={values.due}
          aria-required
          aria-invalid={!!wrong('due_date')}
          onChange={(event) => onChange({ due: event.target.value })}
          data-testid={`${testId}-due`}
        />
        {wrong('due_date') && <p className="field-error">{wrong('due_date')}</p>}
      </div>
      {children}
      <b aria-hidden>{t('projects.field.supporting')}</b>
      <UnitPicker
        label={t('projects.field.supporting')}
        value={values.supportingMembers}
        onChange={(supportingMembers) => onChange({ supportingMembers })}
      />
      {wrong('supporting_members') && <p className="field-error">{wrong('supporting_members')}</p>}
    </>
  );
}

// As they are sent: who leads does not also support.
export const sentCarryOut = ({ leadMember, due, supportingMembers }: CarryOut) => ({
  leadMember,
  supportingMembers: supportingMembers.filter((one) => one !== leadMember),
  dueDate: apiDate(due),
});
