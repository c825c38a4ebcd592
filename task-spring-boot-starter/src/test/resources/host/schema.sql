create table shop_order (name varchar(100) not null primary key);
