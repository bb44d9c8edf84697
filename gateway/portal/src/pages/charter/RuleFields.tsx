// The fields of the rules, a group for each part of the charter.
import { Checkbox, Form, Input } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { NativeSelect } from '@/components/NativeSelect';
import { ItemKind } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { tiers } from '@/lib/enums';
import {
  camel,
  clockNumbers,
  itemField,
  meetingNumbers,
  quotaField,
  rotationNumbers,
  weightField,
} from './charterFields';
import { itemKinds, quotaHolders, quotaSpans, voteBases } from './rules';

export function RuleFields() {
  const { t } = useTranslation();
  // 'rotation.term_months' -> the words at charter.rotation.termMonths.
  const words = (name: string) => `charter.${camel(name)}`;
  return (
    <>
      <Part title={t('charter.section.rotation')}>
        <Form.Item
          name="rotation.pool_tiers"
          label={t('charter.rotation.poolTiers.label')}
          className="form-wide"
          rules={[{ validator: someOf(t('charter.poolNeeded')) }]}
        >
          <Checkbox.Group
            options={tiers.map((value) => ({ value, label: t(`members.tier.${value}`) }))}
          />
        </Form.Item>
        {rotationNumbers.map((field) => (
          <Whole key={field.name} {...field} label={t(`${words(field.name)}.field`)} />
        ))}
      </Part>
      <Part title={t('charter.section.meeting')}>
        {meetingNumbers.map((field) => (
          <Whole key={field.name} {...field} label={t(`${words(field.name)}.field`)} />
        ))}
        {tiers.map((tier) => (
          <Whole
            key={tier}
            name={weightField(tier)}
            min={0}
            max={100}
            label={t('charter.meeting.weights.field', { tier: t(`members.tier.${tier}`) })}
          />
        ))}
        {itemKinds.map((kind) => (
          <ItemFields key={kind} kind={kind} />
        ))}
      </Part>
      <Part title={t('charter.section.quotas')} note={t('charter.quotas.note')}>
        {quotaHolders.flatMap((holder) =>
          quotaSpans.map((span) => (
            <Whole
              key={quotaField(holder, span)}
              name={quotaField(holder, span)}
              min={1}
              max={100_000}
              optional
              label={t('charter.quotas.field', {
                holder: t(`charter.holder.${holder}`),
                span: t(`charter.span.${span}`),
              })}
            />
          )),
        )}
      </Part>
      <Part title={t('charter.section.clocks')}>
        {clockNumbers.map((field) => (
          <Whole
            key={field.name}
            {...field}
            label={t('charter.clocks.field', { what: t(words(field.name)) })}
          />
        ))}
      </Part>
    </>
  );
}

export function Part({
  title,
  note,
  children,
}: {
  title: string;
  note?: string;
  children: ReactNode;
}) {
  return (
    <fieldset className="panel form-group charter-part">
      <legend>{title}</legend>
      {note && <p className="muted">{note}</p>}
      <div className="form-grid charter-grid">{children}</div>
    </fieldset>
  );
}

// A rule instead of `required`, whose ARIA attribute a group may not have.
const someOf = (message: string) => async (_: unknown, chosen: unknown[] | undefined) => {
  if (!chosen?.length) throw new Error(message);
};

interface WholeProps {
  name: string;
  label: string;
  min: number;
  max: number;
  optional?: boolean;
}

function Whole({ name, label, min, max, optional }: WholeProps) {
  const { t } = useTranslation();
  const fits = async (_: unknown, value: string | undefined) => {
    const text = String(value ?? '').trim();
    if (text === '' && optional) return;
    const n = Number(text);
    if (text === '' || !Number.isInteger(n) || n < min || n > max) {
      throw new Error(t('charter.wholeBetween', { min, max }));
    }
  };
  return (
    <Form.Item name={name} label={label} rules={[{ validator: fits }]}>
      <Input type="number" min={min} max={max} inputMode="numeric" />
    </Form.Item>
  );
}

// How one kind of item is decided, or that it is as ordinary business.
function ItemFields({ kind }: { kind: ItemKind }) {
  const { t } = useTranslation();
  const ordinary = kind === ItemKind.ORDINARY;
  const own = Form.useWatch(itemField(kind, 'own'));
  const bases = voteBases.map((value) => ({ value, label: t(`charter.base.${value}`) }));
  const bounds = [
    { value: 'true', label: t('charter.item.reaching') },
    { value: 'false', label: t('charter.item.exceeding') },
  ];
  return (
    <fieldset className="form-wide item-fields">
      <legend>{t(`charter.kind.${kind}`)}</legend>
      <Form.Item name={itemField(kind, 'own')} valuePropName="checked" hidden={ordinary}>
        <Checkbox>{t('charter.item.own')}</Checkbox>
      </Form.Item>
      {/* Hidden, not gone: what was typed is there when it is wanted again. */}
      <div className="item-line" hidden={!own && !ordinary}>
        <RatioField kind={kind} part="quorum" label={t('charter.item.quorumField')} />
        <Form.Item name={itemField(kind, 'majority_base')} label={t('charter.item.baseField')}>
          <NativeSelect choices={bases} />
        </Form.Item>
        <Form.Item
          name={itemField(kind, 'majority_inclusive')}
          label={t('charter.item.boundField')}
        >
          <NativeSelect choices={bounds} />
        </Form.Item>
        <RatioField kind={kind} part="majority" label={t('charter.item.majorityField')} />
        <Form.Item name={itemField(kind, 'secret')} valuePropName="checked">
          <Checkbox>{t('charter.item.secret')}</Checkbox>
        </Form.Item>
      </div>
    </fieldset>
  );
}

interface RatioProps {
  kind: ItemKind;
  part: 'quorum' | 'majority';
  label: string;
}

function RatioField({ kind, part, label }: RatioProps) {
  const { t } = useTranslation();
  const id = useId();
  const above = itemField(kind, `${part}.numerator`);
  const below = itemField(kind, `${part}.denominator`);
  return (
    <div className="ratio" role="group" aria-labelledby={id}>
      <span id={id} className="ratio-label">
        {label}
      </span>
      <div className="ratio-line">
        <Form.Item
          name={above}
          dependencies={[below]}
          rules={[
            (form) => ({
              validator: async (_, value) => {
                const [n, of] = [Number(value), Number(form.getFieldValue(below))];
                if (
                  !(Number.isInteger(n) && Number.isInteger(of) && n >= 0 && of >= 1 && n <= of)
                ) {
                  throw new Error(t('charter.item.ratioWrong'));
                }
              },
            }),
          ]}
        >
          <Input
            type="number"
            min={0}
            max={1000}
            inputMode="numeric"
            aria-label={t('charter.item.above', { what: label })}
          />
        </Form.Item>
        <span aria-hidden="true">/</span>
        <Form.Item name={below}>
          <Input
            type="number"
            min={1}
            max={1000}
            inputMode="numeric"
            aria-label={t('charter.item.below', { what: label })}
          />
        </Form.Item>
      </div>
    </div>
  );
}
