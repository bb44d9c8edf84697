// On which terms a window can be booked: the part of its form that can be changed later.
import { Checkbox, Form } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NativeSelect } from '@/components/NativeSelect';
import { UnitPicker } from '@/components/UnitPicker';
import { sectors, tiers } from '@/lib/enums';
import { DiscountFields } from './DiscountFields';
import { Amount, Price } from './inputs';
import { quotaKey, quotaPeriods, quotaSubjects, type TermValues } from './termValues';
import './windows.css';

export function TermFields() {
  const { t } = useTranslation();
  return (
    <>
      <Group title={t('lending.group.audience')}>
        <Audience />
      </Group>
      <Group title={t('lending.group.price')}>
        <Price name="priceFen" label={t('facilities.field.priceFen')} />
        <DiscountFields />
      </Group>
      <Group title={t('lending.group.time')}>
        <Amount name="horizonDays" max={365} min={1} />
        <Amount name="cutoffMinutes" max={10_080} />
        <Amount name="cancelMinutes" max={10_080} />
        <Amount
          name="graceMinutes"
          max={1440}
          label={t('lending.grace')}
          hint={t('lending.graceHint')}
        />
      </Group>
      <Group title={t('lending.group.quotas')} note={t('lending.quotasHint')}>
        {quotaSubjects.flatMap((subject) =>
          quotaPeriods.map((period) => (
            <Amount
              key={quotaKey(subject, period)}
              name={['quotas', quotaKey(subject, period)]}
              min={1}
              max={10_000}
              label={t(`lending.quota.${quotaKey(subject, period)}`)}
            />
          )),
        )}
      </Group>
      <Group title={t('lending.group.approval')}>
        <Approval />
      </Group>
    </>
  );
}

export function Group(props: { title: string; note?: string; children: ReactNode }) {
  return (
    <fieldset className="form-group">
      <legend>{props.title}</legend>
      {props.note && <p className="muted">{props.note}</p>}
      <div className="form-grid">{props.children}</div>
    </fieldset>
  );
}

function Audience() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<TermValues>();
  const some = Form.useWatch('audience', form) === 'some';
  const named = {
    validator: async () => {
      const { audienceTiers, audienceSectors, audienceMembers } = form.getFieldsValue(true);
      const lists = [audienceTiers, audienceSectors, audienceMembers];
      if (lists.every((list) => !list?.length)) throw new Error(t('lending.audience.needed'));
    },
  };
  return (
    <>
      <Form.Item name="audience" label={t('lending.audience.label')} className="form-wide">
        <NativeSelect
          choices={[
            { value: 'all', label: t('lending.audience.all') },
            { value: 'some', label: t('lending.audience.some') },
          ]}
          data-testid="audience"
        />
      </Form.Item>
      {some && (
        <>
          <Form.Item
            name="audienceTiers"
            label={t('members.tierLabel')}
            rules={[named]}
            dependencies={['audienceSectors', 'audienceMembers']}
          >
            <Checkbox.Group
              options={tiers.map((value) => ({ value, label: t(`members.tier.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="audienceSectors" label={t('members.sectorLabel')}>
            <Checkbox.Group
              options={sectors.map((value) => ({ value, label: t(`members.sector.${value}`) }))}
            />
          </Form.Item>
          <Form.Item
            name="audienceMembers"
            label={t('lending.audience.members')}
            className="form-wide"
          >
            <UnitPicker label={t('lending.audience.members')} />
          </Form.Item>
        </>
      )}
    </>
  );
}

function Approval() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<TermValues>();
  const needed = Form.useWatch('approvalRequired', form);
  return (
    <>
      <Form.Item name="approvalRequired" valuePropName="checked" className="form-wide">
        <Checkbox data-testid="approval-required">{t('lending.approval')}</Checkbox>
      </Form.Item>
      {needed && (
        <Amount
          name="approvalMinutes"
          max={10_080}
          min={5}
          label={t('lending.approvalMinutes')}
          hint={t('lending.approvalMinutesHint')}
        />
      )}
    </>
  );
}
