import { createDemonstration } from '../../src/demo/create-demonstration.js';
import { demonstrationKey } from '../../src/demo/demonstration-key.js';
import { drawDemonstration } from '../../src/demo/draw-demonstration.js';
import { DrawnPictures } from '../../src/demo/drawn-pictures.js';
import { Neck } from '../../src/moderation/neck.js';
import { SECRET, Service } from '../setup/service.js';

let service: Service;

beforeAll(async () => {
  service = await Service.open();
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await service.close();
});

it('draws in advance only where there is a demonstration to visit', async () => {
  // All of them take ten seconds.
  const drawAll = jest
    .spyOn(service.app.get(DrawnPictures, { strict: false }), 'drawAll')
    .mockResolvedValue();
  await drawDemonstration(service.app);
  expect(drawAll).not.toHaveBeenCalled();
  await createDemonstration(service.app.get(Neck), 'http://127.0.0.1', demonstrationKey(SECRET));
  await drawDemonstration(service.app);
  expect(drawAll).toHaveBeenCalledTimes(1);
});
