// A sheet: from below on a phone, from the side elsewhere.
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useIsPhone } from '@/lib/media';

interface Props {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
}

export function Sheet({ open, title, onClose, children }: Props) {
  const phone = useIsPhone();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? 'auto' : 420}
      title={title}
      className="sheet"
      destroyOnHidden
    >
      {children}
    </Drawer>
  );
}
