import { Component, type ReactNode } from 'react';
import { Failure } from './Failure';

/**
 * Replaces a page or a dialog that failed. Mostly its code could not be loaded: the network or the service was unavailable, or the service
 * has been upgraded.
 */
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
