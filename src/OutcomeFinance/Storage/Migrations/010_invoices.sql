-- A claim is an invoice: the payee's details, its number series, and the invoices themselves.

-- Null until Registry has told of the organisation again; invoices wait for it.
ALTER TABLE organisation ADD COLUMN number char(10);

CREATE TABLE invoicing_details (
  organisation_id uuid PRIMARY KEY,
  vat_id          text CHECK (vat_id ~ '^SE[0-9]{10}01$'),
  approved_for_f_tax boolean NOT NULL,
  vat_category    text NOT NULL CHECK (vat_category IN ('OutsideScope', 'Exempt')),
  vat_reason      text NOT NULL,
  bankgiro        text CHECK (bankgiro ~ '^[0-9]{7,8}$'),
  iban            text CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  street          text NOT NULL,
  post_code       text NOT NULL,
  city            text NOT NULL,
  contact_name    text NOT NULL,
  contact_mail    text NOT NULL,
  payment_days    integer NOT NULL CHECK (payment_days BETWEEN 10 AND 90),
  pays_from_iban  text CHECK (pays_from_iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  version         bigint NOT NULL,
  CHECK (vat_category <> 'Exempt' OR vat_id IS NOT NULL OR approved_for_f_tax)
);
ALTER TABLE invoicing_details ENABLE ROW LEVEL SECURITY;
ALTER TABLE invoicing_details FORCE ROW LEVEL SECURITY;
-- Accounts are nobody else's business: others read them on the invoice.
CREATE POLICY own_row ON invoicing_details TO {{service}}_app
  USING (organisation_id = caller_org()) WITH CHECK (organisation_id = caller_org());
CREATE POLICY everything ON invoicing_details TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON invoicing_details TO {{service}}_app;
GRANT SELECT ON invoicing_details TO {{service}}_system;

-- One series per payee. The row is locked until the invoice is there: no gaps, no two with the same number.
CREATE TABLE invoice_series (
  organisation_id uuid PRIMARY KEY,
  last_number     bigint NOT NULL CHECK (last_number > 0)
);
ALTER TABLE invoice_series ENABLE ROW LEVEL SECURITY;
ALTER TABLE invoice_series FORCE ROW LEVEL SECURITY;
CREATE POLICY own_row ON invoice_series TO {{service}}_app
  USING (organisation_id = caller_org()) WITH CHECK (organisation_id = caller_org());
CREATE POLICY everything ON invoice_series TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (last_number) ON invoice_series TO {{service}}_app;

-- Invoices and credit notes as they were sent, byte for byte. Nobody may change or remove one.
CREATE TABLE invoice (
  obligation_id         uuid PRIMARY KEY,
  contract_id           uuid NOT NULL,
  payee_organisation_id uuid NOT NULL,
  payer_organisation_id uuid NOT NULL,
  number                text NOT NULL,
  kind                  text NOT NULL CHECK (kind IN ('Invoice', 'CreditNote')),
  issued_on             date NOT NULL,
  due_on                date NOT NULL CHECK (due_on >= issued_on),
  amount_minor          bigint NOT NULL CHECK (amount_minor > 0),
  currency              char(3) NOT NULL,
  account_kind          text NOT NULL CHECK (account_kind IN ('Bankgiro', 'Iban')),
  account               text NOT NULL,
  document              bytea NOT NULL,
  hash                  text NOT NULL CHECK (hash = encode(sha256(document), 'hex')),
  issued_at             timestamptz NOT NULL,
  issued_by             uuid NOT NULL,
  UNIQUE (payee_organisation_id, number),
  UNIQUE (obligation_id, contract_id),
  FOREIGN KEY (obligation_id, contract_id) REFERENCES obligation (obligation_id, contract_id)
);
CREATE INDEX invoice_by_contract ON invoice (contract_id, obligation_id);
CALL isolate('invoice', 'SELECT, INSERT', 'contract_id');
CREATE POLICY not_the_verifier ON invoice AS RESTRICTIVE TO {{service}}_app
  USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'verifier'));
-- The payee invoices what is due to it, to the öre, before it is claimed.
CREATE POLICY made_by_the_payee ON invoice AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (
  payee_organisation_id = caller_org() AND issued_by = caller_person() AND EXISTS (
    SELECT FROM obligation o WHERE o.obligation_id = invoice.obligation_id AND o.contract_id = invoice.contract_id
      AND o.state = 'Triggered' AND o.payee_organisation_id = caller_org()
      AND o.payer_organisation_id = invoice.payer_organisation_id AND o.currency = invoice.currency
      AND abs(o.amount_minor) = invoice.amount_minor AND (o.amount_minor < 0) = (invoice.kind = 'CreditNote')));

-- No claim without its invoice. (What was claimed before there were invoices goes on as it is.)
CREATE FUNCTION claim_is_an_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'Triggered' AND NEW.state = 'Claimed'
     AND NOT EXISTS (SELECT FROM invoice i WHERE i.obligation_id = NEW.obligation_id) THEN
    RAISE EXCEPTION 'a claim is an invoice' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claim_is_an_invoice BEFORE UPDATE ON obligation FOR EACH ROW EXECUTE FUNCTION claim_is_an_invoice();
