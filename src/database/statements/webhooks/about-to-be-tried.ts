/**
 * A pending message whose job will come any moment. One that has been due for longer may have lost its job, which gives
 * up when running it throws again and again: whoever asks for such a message gets a new job.
 */
export const aboutToBeTried = `status = 'pending' and next_attempt_at <= clock_timestamp()
           and next_attempt_at > clock_timestamp() - interval '10 minutes'`;
