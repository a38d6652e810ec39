import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

@Entity('image')
@Unique(['url'])
export class Image {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  url!: string;

  @Column({ default: false })
  blocked!: boolean;

  @Column({ default: 0 })
  reports!: number;
}
