export interface Place {
  column: number;
  row: number;
}

/** Which of the places a key leads to from one of them; null where it leads nowhere. Columns may be of different heights, and empty. */
export function cellAt(places: Place[], from: number, key: string): number | null {
  const here = places[from];
  if (!here) return null;
  const to = (fits: (place: Place) => boolean, last = false) => {
    const index = last ? places.findLastIndex(fits) : places.findIndex(fits);
    return index === -1 || index === from ? null : index;
  };
  const beside = (step: 1 | -1) => {
    const columns = [...new Set(places.map(({ column }) => column))];
    const column = columns[columns.indexOf(here.column) + step];
    if (column === undefined) return null;
    const height = places.filter((place) => place.column === column).length;
    return to((place) => place.column === column && place.row === Math.min(here.row, height - 1));
  };
  switch (key) {
    case "ArrowDown": return to(({ column, row }) => column === here.column && row === here.row + 1);
    case "ArrowUp": return to(({ column, row }) => column === here.column && row === here.row - 1);
    case "ArrowRight": return beside(1);
    case "ArrowLeft": return beside(-1);
    case "Home": return to(({ column }) => column === here.column);
    case "End": return to(({ column }) => column === here.column, true);
    default: return null;
  }
}
