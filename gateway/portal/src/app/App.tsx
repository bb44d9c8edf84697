import { TransportProvider } from '@connectrpc/connect-query';
import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { useState } from 'react';
import { RouterProvider } from 'react-router';
import { makeQueryClient } from '@/api/queryClient';
import { makeTransport } from '@/api/transport';
import { ToastProvider } from '@/components/Toast';
import { useIsPhone, useIsStill } from '@/lib/media';
import { usePrefs } from './prefs';
import { makeRouter } from './router';
import { markSignedOut } from './signedOut';
import { antdTheme } from './theme';

export function App() {
  const prefs = usePrefs();
  const phone = useIsPhone();
  const still = useIsStill();
  const [router] = useState(makeRouter);
  const [transport] = useState(makeTransport);
  const [client] = useState(() => makeQueryClient(markSignedOut));
  return (
    <ConfigProvider
      theme={antdTheme(prefs, { phone, still })}
      locale={prefs.language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
    >
      <TransportProvider transport={transport}>
        <QueryClientProvider client={client}>
          <ToastProvider>
            <RouterProvider router={router} />
          </ToastProvider>
        </QueryClientProvider>
      </TransportProvider>
    </ConfigProvider>
  );
}
