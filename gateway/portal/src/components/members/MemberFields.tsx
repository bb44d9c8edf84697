// What a unit says of itself, in the form of an applicant and of a member.
import { Form, Input } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { NativeSelect } from '@/components/NativeSelect';
import { PlaceFields } from '@/components/PlaceFields';
import { organizations, sectors, tiers } from '@/lib/enums';

interface Props {
  // Whether the rank can be chosen.
  tier?: boolean;
  // The joint branches that others name, to be offered.
  branches?: readonly string[];
  // Whether a number may stand masked, as it came.
  masked?: boolean;
}

export function MemberFields({ tier = false, branches = [], masked = false }: Props) {
  const { t } = useTranslation();
  const list = useId();
  const needed = { required: true, whitespace: true, message: t('form.needed') };
  const choose = { value: 0, label: t('form.choose') };
  const chosen = {
    validator: async (_: unknown, value: unknown) => {
      if (!Number(value)) throw new Error(t('form.needed'));
    },
  };
  const choices = (values: readonly number[], words: string) =>
    values.map((value) => ({ value, label: t(`members.${words}.${value}`) }));
  const title = (
    <Input maxLength={40} placeholder={t('members.liaisonTitleHint')} autoComplete="off" />
  );
  const phone = <Input maxLength={11} inputMode="tel" autoComplete="off" />;
  return (
    <>
      <Group title={t('members.group.unit')}>
        <Form.Item name="displayName" label={t('members.displayName')} rules={[needed]}>
          <Input maxLength={60} autoComplete="organization" />
        </Form.Item>
        <Form.Item name="sector" label={t('members.sectorLabel')} required rules={[chosen]}>
          <NativeSelect choices={[choose, ...choices(sectors, 'sector')]} />
        </Form.Item>
        {tier && (
          <Form.Item name="tier" label={t('members.tierLabel')}>
            <NativeSelect choices={choices(tiers, 'tier')} />
          </Form.Item>
        )}
        <Form.Item name="uscc" label={t('members.uscc')} extra={t('members.usccHint')}>
          <Input maxLength={18} autoCapitalize="characters" spellCheck={false} autoComplete="off" />
        </Form.Item>
      </Group>
      <Group title={t('members.group.party')}>
        <Form.Item name="partyOrganization" label={t('members.organizationKind')}>
          <NativeSelect choices={[choose, ...choices(organizations, 'organization')]} />
        </Form.Item>
        <Form.Item name="partyMemberCount" label={t('members.partyMemberCount')}>
          <Input type="number" min={0} max={1_000_000} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="superiorOrganization" label={t('members.superior')}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="jointBranch"
          label={t('members.jointBranch')}
          extra={t('members.jointBranchHint')}
        >
          <Input maxLength={60} autoComplete="off" list={list} />
        </Form.Item>
        <datalist id={list}>
          {branches.map((branch) => (
            <option key={branch} value={branch} />
          ))}
        </datalist>
      </Group>
      <Group title={t('members.group.liaison')}>
        <Form.Item name="liaisonTitle" label={t('members.liaisonTitle')}>
          {title}
        </Form.Item>
        <Form.Item
          name="liaisonPhone"
          label={t('members.liaisonPhone')}
          extra={t(masked ? 'members.phoneHint' : 'members.phoneHintNew')}
        >
          {phone}
        </Form.Item>
        <Form.Item name="deputyLiaisonTitle" label={t('members.deputyTitle')}>
          {title}
        </Form.Item>
        <Form.Item name="deputyLiaisonPhone" label={t('members.deputyPhone')}>
          {phone}
        </Form.Item>
      </Group>
      <Group title={t('members.group.place')}>
        <Form.Item name="address" label={t('members.address')}>
          <Input maxLength={120} autoComplete="street-address" />
        </Form.Item>
        <Form.Item name="grid" label={t('members.grid')}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <PlaceFields />
      </Group>
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="form-group">
      <legend>{title}</legend>
      <div className="form-grid">{children}</div>
    </fieldset>
  );
}
