import { Component, type ReactNode } from 'react';
import { Failure } from './Failure';

/** Stands in for a page or a dialog that broke, most often because its code did not come: the network or the service was away, or the service has another version now. */
export class Boundary extends Component<{ fallback?: ReactNode; children: ReactNode }> {
  override state = { isBroken: false };

  static getDerivedStateFromError = () => ({ isBroken: true });

  override render() {
    if (!this.state.isBroken) return this.props.children;
    if (this.props.fallback) return this.props.fallback;

    const error = new Error(navigator.onLine ? 'A part of this page could not be loaded.' : 'You are offline.');
    return <Failure error={error} retry={() => location.reload()} />;
  }
}
