/** Luhn's check over decimal digits: payment cards, social insurance numbers, Ontario's health cards. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const weighed = index % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** ISO 7064 mod 97-10 as IBANs use it: the first four characters go to the end. */
export function passesMod97(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

const phnWeights = [2, 4, 8, 5, 10, 9, 7, 3];

/** British Columbia's personal health number: ten digits from a 9, the last checks the eight between. */
export function passesBcMod11(digits: string): boolean {
  const sum = phnWeights.reduce((total, weight, index) => total + ((digits.charCodeAt(index + 1) - 48) * weight) % 11, 0);
  const check = (11 - (sum % 11)) % 11;
  return check < 10 && check === digits.charCodeAt(9) - 48;
}
