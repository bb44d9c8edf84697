// The alliance that a role or a system is for: chosen from those that the reader
// may see, or else said by its name.
import { useQuery } from '@connectrpc/connect-query';
import { Form, Input } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NativeSelect } from '@/components/NativeSelect';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';

export function AllianceField({ name }: { name: string }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const query = useQuery(AllianceService.method.listAlliances, { pageSize: 1000 });
  const alliances = query.data?.alliances ?? [];
  const only = alliances.length === 1 ? alliances[0]?.name : undefined;

  // Most installations have one alliance; it need not be chosen.
  useEffect(() => {
    if (only && !form.getFieldValue(name)) form.setFieldValue(name, only);
  }, [only, name, form]);

  const rules = [{ required: true, whitespace: true, message: t('form.needed') }];
  if (query.isSuccess && alliances.length === 0) {
    return (
      <Form.Item
        name={name}
        label={t('users.alliance')}
        extra={t('users.allianceName')}
        rules={rules}
      >
        <Input autoComplete="off" spellCheck={false} data-testid="alliance" />
      </Form.Item>
    );
  }
  return (
    <Form.Item name={name} label={t('users.alliance')} rules={rules}>
      <NativeSelect
        choices={[
          { value: '', label: t('form.choose') },
          ...alliances.map((one) => ({ value: one.name, label: one.displayName })),
        ]}
        data-testid="alliance"
      />
    </Form.Item>
  );
}
