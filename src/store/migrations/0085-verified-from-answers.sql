-- Records that were verified from the answer to their own call, since no call shows them again or one for each would be needed.
alter table portolan.verification_step add column from_answers int not null default 0;
