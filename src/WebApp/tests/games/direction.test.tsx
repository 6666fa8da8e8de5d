import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { open } from '../render';
import { aGame, Service } from '../service';

const game = aGame(1, { title: 'ערב משחקים!', description: 'בואו כולם.', location: 'שולחן 3.', signup_instructions: 'לחצו על הקובייה.' });

test.each([
  ['/games', ['title']],
  [`/games/${game.id}`, ['title', 'description', 'location', 'signup_instructions']],
  [`/games/${game.id}/edit`, ['title', 'description', 'location', 'signup_instructions']],
] as const)('At %s each text has the direction of its own letters', async (path, fields) => {
  open(path, new Service().add(game));
  await screen.findAllByText(game.title);
  for (const field of fields)
    for (const shown of [...screen.queryAllByText(game[field]!), ...screen.queryAllByDisplayValue(game[field]!)])
      expect(shown.closest('[dir]')).toHaveProperty('dir', 'auto');
});
