interface RatingScaleProps {
  rating: number | undefined;
  onRate: (rating: number) => void;
}

export function RatingScale({ rating, onRate }: RatingScaleProps) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <legend className="float-left text-16 font-strong">Was this useful?</legend>
      <div className="flex overflow-clip rounded border bg-surface">
        {[1, 2, 3, 4, 5].map((value) => (
          <label
            key={value}
            className={
              "grid h-10 min-w-11 cursor-pointer place-items-center border-l text-13 text-muted first:border-l-0 hover:text-text " +
              "has-checked:bg-here has-checked:font-strong has-checked:text-text max-md:h-11 " +
              "has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent"
            }
          >
            <input
              type="radio"
              name="rating"
              className="sr-only"
              aria-label={`${value} of 5`}
              checked={value === rating}
              onChange={() => onRate(value)}
            />
            {value}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
