/** An IntersectionObserver whose elements come into view when a test calls arrive. */
export class Intersections {
  static current: Intersections[] = [];

  constructor(private callback: (entries: { isIntersecting: boolean }[]) => void) {}

  static arrive = () => [...Intersections.current].forEach((one) => one.callback([{ isIntersecting: true }]));

  observe = () => void Intersections.current.push(this);
  disconnect = () => void (Intersections.current = Intersections.current.filter((one) => one !== this));
}
