import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect } from 'react';
import { MemoryRouter, type NavigateFunction, useLocation, useNavigate } from 'react-router';
import { vi } from 'vitest';
import { App } from '../src/App';
import { queryDefaults } from '../src/api/queryDefaults';
import { Service } from './service';

/** An XMLHttpRequest. While holds is true, a test finishes each request. */
export class Upload {
  static held: Upload[] = [];
  static holds = false;

  upload: { onprogress?: (event: { loaded: number; total: number }) => void; onload?: () => void } = {};
  status = 0;
  responseText = '';
  onload = () => {};
  onerror = () => {};
  onabort = () => {};
  onloadend = () => {};
  private method = '';
  private url = new URL('http://localhost');
  private headers = new Headers();
  private responseHeaders: Headers | undefined;
  private body: Blob | string = '';

  constructor(private service: Service) {}

  open(method: string, path: string) {
    this.method = method;
    this.url = new URL(path, 'http://localhost');
  }

  setRequestHeader = (name: string, value: string) => this.headers.set(name, value);
  getResponseHeader = (name: string) => this.responseHeaders?.get(name) ?? null;
  abort = () => this.onabort();

  send(body: Blob | string) {
    this.body = body;
    if (Upload.holds) Upload.held.push(this);
    else void this.finish();
  }

  async finish() {
    const body = typeof this.body === 'string' ? JSON.parse(this.body) : this.body;
    const response = this.service.respond({ method: this.method, url: this.url, headers: this.headers, body });
    if (response.type === 'error') return this.onerror();
    this.status = response.status;
    this.responseHeaders = response.headers;
    this.responseText = await response.text();
    this.onload();
  }
}

/** Puts the service behind fetch and XMLHttpRequest. */
export function serve(service: Service) {
  Upload.held = [];
  Upload.holds = false;
  vi.stubGlobal('XMLHttpRequest', function () {
    return new Upload(service);
  });
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', headers, body }: RequestInit = {}) => {
    const url = new URL(path, 'http://localhost');
    const response = service.respond({ method, url, headers: new Headers(headers), body: body ? JSON.parse(String(body)) : undefined });
    if (response.type === 'error') throw new TypeError('Failed to fetch');
    return response;
  });
}

let address = '';
/** The current address of the app. */
export const currentAddress = () => address;

let navigate: NavigateFunction = () => {};
/** Navigates to another page, as a link does. */
export const goTo = (path: string) => act(async () => navigate(path));

export const goBack = () => act(() => void navigate(-1));

function Address() {
  const { pathname, search } = useLocation();
  const toNavigate = useNavigate();
  useEffect(() => {
    address = pathname + search;
    navigate = toNavigate;
  }, [pathname, search, toNavigate]);
  return null;
}

export function open(path: string, service = new Service()) {
  serve(service);
  const client = new QueryClient(queryDefaults);
  client.setDefaultOptions({ ...queryDefaults.defaultOptions, queries: { ...queryDefaults.defaultOptions?.queries, retry: false } });
  const view = render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={[path]}>
        <App />
        <Address />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return { service, client, user: userEvent.setup(), ...view };
}
