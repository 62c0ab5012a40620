using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;

namespace Iop.Domain.Tests.OutcomeFinance.Paying;

public sealed class ObligationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly HashSet<Guid> Nobody = [];
    private readonly Party _payer = Party(PartyRole.Payer);
    private readonly Party _payee = Party(PartyRole.Payee);
    private readonly Guid _reporter = Guid.NewGuid();

    [Fact]
    public void Two_controllers_of_the_payer_attest()
    {
        var obligation = Claimed();
        Assert.Null(obligation.Attest(_payer, Nobody, Somebody(_payer), Now));
        Assert.Equal((ObligationState.Claimed, 1), (obligation.State, obligation.AttestationsMissing));
        Assert.Null(obligation.Attest(_payer, Nobody, Somebody(_payer), Now));
        Assert.Equal((ObligationState.Attested, 0), (obligation.State, obligation.AttestationsMissing));
        Assert.Equal("obligation.not-claimed", obligation.Attest(_payer, Nobody, Somebody(_payer), Now)?.Code);
    }

    [Fact]
    public void The_same_person_is_not_two()
    {
        var (obligation, controller) = (Claimed(), Somebody(_payer));
        obligation.Attest(_payer, Nobody, controller, Now);
        Assert.Equal("obligation.already-attested", obligation.Attest(_payer, Nobody, controller, Now)?.Code);
    }

    [Fact]
    public void Who_measured_anything_of_the_contract_does_not_attest()
    {
        var (obligation, earlierVerifier) = (Claimed(), Guid.NewGuid());
        Assert.Equal("obligation.attester-measured",
            obligation.Attest(_payer, Nobody, Somebody(_payer) with { Person = _reporter }, Now)?.Code);
        Assert.Equal("obligation.attester-measured",
            obligation.Attest(_payer, new HashSet<Guid> { earlierVerifier }, Somebody(_payer) with { Person = earlierVerifier },
            Now)?.Code);
    }

    [Fact]
    public void Settled_is_the_payees_word()
    {
        var obligation = Claimed();
        Assert.Equal("obligation.not-attested", obligation.Settle(_payee, Somebody(_payee), Now)?.Code);
        obligation.Attest(_payer, Nobody, Somebody(_payer), Now);
        obligation.Attest(_payer, Nobody, Somebody(_payer), Now);
        Assert.Equal("obligation.not-the-payee", obligation.Settle(_payee, Somebody(_payer), Now)?.Code);
        Assert.Null(obligation.Settle(_payee, Somebody(_payee), Now));
        Assert.Equal("obligation.cannot-be-disputed", obligation.Dispute(_payer, _payee, "x", Somebody(_payer))?.Code);
    }

    [Theory]
    [InlineData(0, nameof(ObligationState.Triggered))]
    [InlineData(1, nameof(ObligationState.Claimed))]
    [InlineData(2, nameof(ObligationState.Claimed))]
    [InlineData(3, nameof(ObligationState.Attested))]
    public void A_dispute_returns_it_to_the_state_it_left(int steps, string state)
    {
        var obligation = Triggered();
        if (steps > 0) obligation.Claim(_payee, null, Somebody(_payee), Now);
        for (var attested = 1; attested < steps; attested++) obligation.Attest(_payer, Nobody, Somebody(_payer), Now);
        Assert.Equal(state, obligation.State.ToString());
        Assert.Null(obligation.Dispute(_payer, _payee, "Fel.", Somebody(_payer)));
        Assert.Equal("obligation.cannot-be-disputed", obligation.Dispute(_payer, _payee, "Fel.", Somebody(_payer))?.Code);
        Assert.Equal("obligation.not-the-disputer", obligation.Resolve("Rätt.", Somebody(_payee))?.Code);
        Assert.Null(obligation.Resolve("Rätt.", Somebody(_payer)));
        Assert.Equal(state, obligation.State.ToString());
    }

    [Theory]
    [InlineData(5_400_000)]
    [InlineData(-300_000)]
    public void What_is_triggered_and_settled_leaves_nothing_on_the_accounts(int kronor)
    {
        var obligation = Triggered(kronor);
        var transfers = Ledger.Settlement(obligation, Now).Prepend(Ledger.Triggered(obligation, Now)).ToList();
        Assert.All(transfers, transfer => Assert.True(transfer.AmountMinor > 0));
        Assert.Equal(Money.Kronor(kronor).Minor, Ledger.Balance(Ledger.Receivable(_payer.Id), transfers.Take(1)));
        Assert.Equal(-Money.Kronor(kronor).Minor, Ledger.Balance(Ledger.Claim(_payee.Id), transfers.Take(1)));
        foreach (var account in new[] { Ledger.Receivable(_payer.Id), Ledger.Claim(_payee.Id), Ledger.Settled }) Assert.Equal(
            0, Ledger.Balance(account, transfers));
    }

    private Obligation Claimed()
    {
        var obligation = Triggered();
        Assert.Null(obligation.Claim(_payee, "2026-17", Somebody(_payee), Now));
        return obligation;
    }

    private Obligation Triggered(int kronor = 5_400_000) => new()
    {
        Id = new ObligationId(Guid.NewGuid()),
        ContractId = _payer.ContractId,
        PeriodKey = "2016-2018",
        PayerPartyId = _payer.Id,
        PayerOrganisationId = _payer.OrganisationId,
        PayeePartyId = _payee.Id,
        PayeeOrganisationId = _payee.OrganisationId,
        CalculationId = new CalculationId(Guid.NewGuid()),
        CalculationNumber = 1,
        MeasurementId = new MeasurementRef(Guid.NewGuid()),
        ReporterPersonId = _reporter,
        VerifierPersonId = Guid.NewGuid(),
        AmountMinor = Money.Kronor(kronor).Minor,
        Currency = "SEK",
        TriggeredAt = Now,
        IsAdjustment = false,
    };

    private static Actor Somebody(Party of) => new(Guid.NewGuid(), of.OrganisationId, null);

    private static Party Party(PartyRole role) => new()
    {
        Id = new PartyId(Guid.NewGuid()),
        ContractId = new ContractId(Guid.NewGuid()),
        Position = 0,
        OrganisationId = Guid.NewGuid(),
        Name = role.ToString(),
        Kind = OrganisationKind.Public,
        Role = role,
    };
}
