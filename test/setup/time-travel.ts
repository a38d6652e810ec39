import { Desk } from './desk.js';

/**
 * A desk whose database has another clock: it goes as the true one does, and can be put forward. Whatever asks the database for the
 * time, as all of Vigie does, is told that one.
 */
export class TimeTravel {
  private constructor(
    readonly desk: Desk,
    private readonly present: Desk,
  ) {}

  static async begin(...rule: Parameters<typeof Desk.open>): Promise<TimeTravel> {
    const present = await Desk.open(...rule);
    await present.dataSource.query(`
      create table travelled (hours float8 not null);
      insert into travelled values (0);
      create function public.clock_timestamp() returns timestamptz language sql volatile
        as $$ select pg_catalog.clock_timestamp() + (select hours from public.travelled) * interval '1 hour' $$;
      create function public.statement_timestamp() returns timestamptz language sql stable
        as $$ select pg_catalog.statement_timestamp() + (select hours from public.travelled) * interval '1 hour' $$;
      do $$
      declare c record;
      begin
        for c in select table_name, column_name from information_schema.columns
                 where table_schema = 'public' and column_default = 'clock_timestamp()' loop
          execute format('alter table %I alter column %I set default public.clock_timestamp()', c.table_name, c.column_name);
        end loop;
        -- What is not named with its schema is ours first. For connections that are opened from now on.
        execute format('alter database %I set search_path = public, pg_catalog', current_database());
      end
      $$`);
    return new TimeTravel(await present.beside(), present);
  }

  async pass(hours: number): Promise<void> {
    await this.desk.dataSource.query('update travelled set hours = hours + $1', [hours]);
  }

  async end(): Promise<void> {
    await this.desk.close();
    await this.present.close();
  }
}
