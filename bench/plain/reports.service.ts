import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CreateReportDto } from './create-report.dto.js';
import { Image } from './image.entity.js';
import { Report } from './report.entity.js';

/** As many different reporters block an image. */
const THRESHOLD = 5;

@Injectable()
export class ReportsService {
  constructor(private readonly dataSource: DataSource) {}

  /** One transaction: find or make the image, lock it, save the report, count the reporters, update the image. */
  create({
    image: { url },
    reason,
    reporter,
  }: CreateReportDto): Promise<{ recorded: boolean; blocked: boolean }> {
    return this.dataSource.transaction(async (manager) => {
      const images = manager.getRepository(Image);
      const reports = manager.getRepository(Report);
      const locked = { where: { url }, lock: { mode: 'pessimistic_write' } } as const;
      let image = await images.findOne(locked);
      if (image === null) {
        await images.createQueryBuilder().insert().values({ url }).orIgnore().execute();
        image = await images.findOneOrFail(locked);
      }
      const known = await reports.findOneBy({ imageId: image.id, reporter: reporter.account });
      if (known !== null) return { recorded: false, blocked: image.blocked };
      await reports.save(reports.create({ imageId: image.id, reporter: reporter.account, reason }));
      image.reports = await reports.countBy({ imageId: image.id });
      image.blocked ||= image.reports >= THRESHOLD;
      await images.save(image);
      return { recorded: true, blocked: image.blocked };
    });
  }
}
