import {
  Column,
  CreateDateColumn,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  Unique,
} from 'typeorm';
import { Image } from './image.entity.js';

@Entity('report')
@Unique(['imageId', 'reporter'])
export class Report {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  imageId!: number;

  @ManyToOne(() => Image)
  @JoinColumn({ name: 'imageId' })
  image!: Image;

  @Column()
  reporter!: string;

  @Column()
  reason!: string;

  @CreateDateColumn()
  createdAt!: Date;
}
