using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Domain.Pool;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>The shared pool: never below zero, on any day, whatever is tried in whatever order.</summary>
public sealed class PoolTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    //          days  öre per day   öre in the pool
    [Theory]
    [InlineData(1, 5_000, 5_000)]
    [InlineData(31, 5_000, 155_000)]
    [InlineData(9_999_999, 5_000, 49_999_995_000)] // the most one line may count
    [InlineData(3, 3_333, 9_999)]
    public void An_accrual_is_the_rate_times_what_was_counted(int quantity, long orePerUnit, long ore)
    {
        var pool = new World(orePerUnit);
        Assert.Null(pool.Accrue(pool.Seven[0], quantity, Today.AddDays(-30), Today.AddDays(-1), out var entry));
        Assert.Equal(ore, entry!.Ore);
        Assert.Equal(Money.Ore(ore), pool.Ledger.Balance);
    }

    [Fact]
    public void The_rate_is_the_one_of_the_days_that_were_counted()
    {
        var pool = new World(5_000);
        pool.Rate("boendedygn", 3_000, new DateOnly(2026, 2, 1));
        Assert.Equal("pool.rate-changes", pool.Accrue(pool.Seven[0], 10, new(2026, 1, 25), new(2026, 2, 3), out _)?.Code);
        Assert.Null(pool.Accrue(pool.Seven[0], 7, new(2026, 1, 25), new(2026, 1, 31), out var before));
        Assert.Null(pool.Accrue(pool.Seven[0], 3, new(2026, 2, 1), new(2026, 2, 3), out var after));
        Assert.Equal((35_000, 9_000), (before!.Ore, after!.Ore));
        Assert.Equal("pool.no-rate", pool.Accrue(pool.Seven[0], 1, new(1999, 1, 1), new(1999, 1, 2), out _)?.Code);
        Assert.Equal("pool.no-rate", pool.Accrue(pool.Seven[0], 1, Today, Today, out _, unit: "måltider")?.Code);
    }

    [Fact]
    public void A_day_is_counted_once_for_a_party_unless_the_line_is_taken_back()
    {
        var pool = new World(5_000);
        Assert.Null(pool.Accrue(pool.Seven[0], 10, new(2026, 1, 1), new(2026, 1, 31), out var first));
        Assert.Equal("pool.already-accrued", pool.Accrue(pool.Seven[0], 10, new(2026, 1, 31), new(2026, 2, 2), out _)?.Code);
        Assert.Null(pool.Accrue(pool.Seven[1], 10, new(2026, 1, 1), new(2026, 1, 31), out _));
        Assert.Null(pool.Reverse(first!));
        Assert.Equal("pool.already-reversed", pool.Reverse(first!)?.Code);
        Assert.Equal("pool.not-reversed", pool.Reverse(pool.Entries[^1])?.Code);
        Assert.Null(pool.Accrue(pool.Seven[0], 11, new(2026, 1, 1), new(2026, 1, 31), out _));
        Assert.Equal("pool.not-yet-counted", pool.Accrue(pool.Seven[2], 1, Today, Today.AddDays(1), out _)?.Code);
    }

    /// <summary>A private party is one of the parties: it puts in, accrues, and may be granted for a purpose.</summary>
    [Fact]
    public void A_private_party_puts_in_and_is_granted_like_any_other()
    {
        var pool = new World(5_000, withPrivate: true);
        var company = pool.Parties[^1];
        Assert.Equal(OrganisationKind.Private, company.Kind);
        Assert.Null(pool.Accrue(company, 10, new(2026, 1, 1), new(2026, 1, 31), out _));
        pool.Deposit(company, 1_000);
        Assert.Null(pool.Grant(company, 51_000, out var grant));
        Assert.Null(pool.Pay(grant!, 51_000));
        Assert.Equal(Money.Zero, pool.Ledger.Balance);
    }

    /// <summary>But it is neither of the two sides that decide on joint money.</summary>
    [Theory]
    //          who took part (P public, I idea-driven, X private), refused with
    [InlineData("PI", null)]
    [InlineData("PIX", null)]
    [InlineData("PX", "decision.not-joint")]
    [InlineData("XI", "decision.not-joint")]
    [InlineData("X", "decision.not-joint")]
    [InlineData("P", "decision.not-joint")]
    [InlineData("", "decision.not-joint")]
    public void Joint_money_needs_both_sides_and_a_private_party_is_neither(string tookPart, string? refusal)
    {
        var partnership = Some.Partnership();
        var parties = "PIX".ToDictionary(letter => letter, letter => Some.Party(partnership, letter switch
        {
            'P' => OrganisationKind.Public, 'I' => OrganisationKind.IdeaDriven, _ => OrganisationKind.Private,
        }));
        var body = new DecidingBody(new BodyId(Guid.NewGuid()), "Styrgruppen", true);
        var decided = new Decided(body.Id, Today, "§ 3", [.. tookPart.Select(letter => parties[letter].Id)]);
        Assert.Equal(refusal, BodyDecision.MustBeJoint(body, decided, [.. parties.Values])?.Code);
    }

    [Fact]
    public void There_is_a_limit_on_the_money_and_on_the_lines()
    {
        var pool = new World(5_000);
        Assert.Null(pool.Accrue(pool.Seven[0], 10_000_000, new(2026, 1, 1), new(2026, 1, 31), out var most));
        pool.Entries.AddRange(Enumerable.Repeat(most!, 19)); // twenty times 500 million kronor: all a pool may hold
        Assert.Equal(SharedPool.OreMax, pool.Ledger.Balance.Minor);
        Assert.Equal("pool.too-much", pool.Accrue(pool.Seven[1], 1, Today.AddDays(-1), Today.AddDays(-1), out _)?.Code);

        var crowded = new World(5_000);
        Assert.Null(crowded.Accrue(crowded.Seven[0], 1, new(2026, 1, 1), new(2026, 1, 31), out var line));
        crowded.Entries.AddRange(Enumerable.Repeat(line!, SharedPool.EntriesMax - 2));
        Assert.Null(crowded.Accrue(crowded.Seven[1], 1, Today.AddDays(-1), Today.AddDays(-1), out _));
        Assert.Equal("pool.too-many", crowded.Accrue(crowded.Seven[2], 1, Today.AddDays(-1), Today.AddDays(-1), out _)?.Code);
    }

    [Fact]
    public void What_is_decided_is_set_aside_and_cannot_be_promised_twice()
    {
        var pool = new World(5_000);
        pool.Deposit(pool.City, 100_000);
        Assert.Null(pool.Grant(pool.Seven[3], 70_000, out var first));
        Assert.Equal("pool.not-enough", pool.Grant(pool.Seven[4], 30_001, out _)?.Code);
        Assert.Null(pool.Grant(pool.Seven[4], 30_000, out _));
        Assert.Equal((100_000, 100_000, 0), (pool.Ledger.Balance.Minor, pool.Ledger.Granted.Minor, pool.Ledger.Available.Minor));
        Assert.Equal("pool.more-than-granted", pool.Pay(first!, 70_001)?.Code);
        Assert.Null(pool.Pay(first!, 20_000));
        Assert.Null(first!.Release("Behovet är borta.", pool.Decision(Today), pool.Ledger, Some.Now));
        Assert.Equal(50_000, pool.Ledger.Available.Minor);
        Assert.Equal("pool.grant-released", pool.Pay(first, 1)?.Code);
        Assert.Equal("pool.grant-released", first.Release("Igen.", pool.Decision(Today), pool.Ledger, Some.Now)?.Code);
    }

    [Fact]
    public void What_has_been_paid_in_full_is_not_released_and_what_was_used_is_not_taken_back()
    {
        var pool = new World(5_000);
        pool.Deposit(pool.City, 100_000);
        Assert.Null(pool.Grant(pool.Seven[3], 100_000, out var all));
        Assert.Null(pool.Pay(all!, 100_000));
        Assert.Equal("pool.grant-spent", all!.Release("För sent.", pool.Decision(Today), pool.Ledger, Some.Now)?.Code);
        Assert.Equal("pool.not-enough", pool.Reverse(pool.Entries[0])?.Code);
        Assert.Null(pool.Reverse(pool.Entries[1]));
        Assert.Equal(100_000, pool.Ledger.LeftOf(all).Minor);
    }

    [Fact]
    public void Criteria_are_agreed_before_the_meeting_that_uses_them()
    {
        var pool = new World(5_000, criteria: false);
        pool.Deposit(pool.City, 100_000);
        Assert.Equal("pool.no-criteria", pool.Grant(pool.Seven[0], 1, out _)?.Code);
        pool.Agree(Today.AddDays(1));
        Assert.Equal("pool.no-criteria", pool.Grant(pool.Seven[0], 1, out _)?.Code);
        pool.Agree(Today.AddDays(-1));
        Assert.Null(pool.Grant(pool.Seven[0], 1, out _));
        Assert.Equal("pool.other-criteria",
            pool.Grant(pool.Seven[0], 1, out _, new CriterionId(Guid.NewGuid()))?.Code);
    }

    [Fact]
    public void A_payment_booked_back_in_time_must_fit_on_every_day_since()
    {
        var pool = new World(5_000);
        pool.Deposit(pool.City, 100_000, Today.AddDays(-20));
        Assert.Null(pool.Grant(pool.Seven[0], 80_000, out var first));
        Assert.Null(pool.Pay(first!, 80_000, Today.AddDays(-10)));
        pool.Deposit(pool.City, 500_000, Today.AddDays(-1));
        Assert.Null(pool.Grant(pool.Seven[1], 300_000, out var second));
        Assert.Equal("pool.not-enough", pool.Pay(second!, 20_001, Today.AddDays(-15))?.Code); // would leave −1 öre ten days ago
        Assert.Null(pool.Pay(second!, 20_000, Today.AddDays(-15)));
        Assert.Null(pool.Pay(second!, 280_000));
        Assert.Equal("pool.booked-later", pool.Pay(second!, 0, Today.AddDays(1))?.Code);
    }

    [Fact]
    public void Each_party_sees_what_it_put_in_and_was_paid_also_one_that_accrues_nothing()
    {
        var pool = new World(5_000);
        Assert.Null(pool.Accrue(pool.Seven[0], 100, Today.AddDays(-9), Today.AddDays(-5), out _));
        pool.Deposit(pool.City, 1_000);
        Assert.Null(pool.Grant(pool.Seven[6], 400_000, out var grant));
        Assert.Null(pool.Pay(grant!, 150_000));
        Assert.Null(pool.Pay(grant!, 50_000));
        Assert.Null(pool.Reverse(pool.Entries[^1]));
        var (first, city, last) = (pool.Ledger.ShareOf(pool.Seven[0].Id), pool.Ledger.ShareOf(pool.City.Id),
            pool.Ledger.ShareOf(pool.Seven[6].Id));
        Assert.Equal((500_000, 0), (first.Accrued.Minor, first.Paid.Minor));
        Assert.Equal(1_000, city.Deposited.Minor);
        Assert.Equal((0, 150_000), (last.Accrued.Minor, last.Paid.Minor));
    }

    [Theory]
    [InlineData(AgreementState.Draft, false, false)]
    [InlineData(AgreementState.Assessment, false, false)]
    [InlineData(AgreementState.OpenForSignature, false, false)]
    [InlineData(AgreementState.Signed, true, true)]
    [InlineData(AgreementState.InForce, true, true)]
    [InlineData(AgreementState.NoticeGiven, true, true)]
    [InlineData(AgreementState.Ended, false, true)]
    [InlineData(AgreementState.Rescinded, false, true)]
    [InlineData(AgreementState.Withdrawn, false, false)]
    public void A_pool_is_set_up_while_the_agreement_binds_and_moves_until_it_is_settled(
        AgreementState state, bool isSetUp, bool moves)
    {
        Assert.Equal((isSetUp, moves), (SharedPool.IsSetUpIn(state), SharedPool.MovesIn(state)));
        var pool = new World(5_000);
        Assert.Equal(isSetUp ? null : "pool.not-now", pool.Pool.Touch(state, isMoney: false)?.Code);
        Assert.Equal(moves ? null : "pool.not-now", pool.Pool.Touch(state, isMoney: true)?.Code);
    }

    /// <summary>Money that both sides own is decided on by both.</summary>
    [Theory]
    [InlineData(true, true, true, null)]
    [InlineData(true, false, true, "decision.not-joint")]
    [InlineData(false, true, true, "decision.not-joint")]
    [InlineData(true, true, false, "decision.body-not-joint")]
    public void Both_sides_take_part_in_a_joint_decision(bool city, bool association, bool jointBody, string? refused)
    {
        var pool = new World(5_000);
        List<PartyId> took = [.. city ? [pool.City.Id] : (PartyId[])[], .. association ? [pool.Seven[0].Id] : (PartyId[])[]];
        var body = new DecidingBody(new BodyId(Guid.NewGuid()), "Styrgruppen", jointBody);
        Assert.Equal(refused, BodyDecision.MustBeJoint(body, new Decided(body.Id, Today, null, took), pool.Parties)?.Code);
    }

    [Fact]
    public void Whatever_is_tried_the_balance_is_the_sum_and_no_day_is_below_zero()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (chance, pool) = (new Random(seed), new World(5_000));
            for (var act = 0; act < 60; act++)
            {
                Try(chance, pool);
                var ledger = pool.Ledger;
                Assert.Equal(pool.Entries.Sum(entry => entry.Ore), ledger.Balance.Minor);
                Assert.False(ledger.Balance.IsNegative, $"seed {seed}, act {act}");
                foreach (var entry in pool.Entries)
                    Assert.False(ledger.BalanceOn(entry.BookedOn).IsNegative, $"seed {seed}, act {act}, {entry.BookedOn}");
                Assert.All(pool.Grants, grant => Assert.InRange(ledger.PaidOf(grant).Minor, 0, grant.Ore));
                Assert.Equal(
                    ledger.Balance,
                    pool.Parties.Select(party => ledger.ShareOf(party.Id)).Aggregate(Money.Zero,
                        (sum, share) => sum + share.Accrued + share.Deposited - share.Paid - share.Settled));
                Assert.Equal(Enumerable.Range(1, pool.Entries.Count), pool.Entries.Select(entry => entry.Number));
            }
        }
    }

    private static void Try(Random chance, World pool)
    {
        var party = pool.Parties[chance.Next(pool.Parties.Count)];
        var on = Today.AddDays(-chance.Next(20));
        switch (chance.Next(6))
        {
            case 0: pool.Deposit(party, chance.Next(1, 100_000), on); break;
            case 1: _ = pool.Accrue(party, chance.Next(1, 50), on.AddDays(-chance.Next(5)), on, out _); break;
            case 2: _ = pool.Grant(party, chance.Next(1, 100_000), out _); break;
            case 3 when pool.Grants.Count > 0:
                _ = pool.Pay(pool.Grants[chance.Next(pool.Grants.Count)], chance.Next(1, 60_000), on);
                break;
            case 4 when pool.Entries.Count > 0: _ = pool.Reverse(pool.Entries[chance.Next(pool.Entries.Count)]); break;
            case 5 when pool.Grants.Count > 0:
                _ = pool.Grants[chance.Next(pool.Grants.Count)]
                    .Release("Nytt läge.", pool.Decision(Today), pool.Ledger, Some.Now);
                break;
        }
    }

    /// <summary>Göteborg and seven, a rate per residence day and one agreed criterion.</summary>
    private sealed class World
    {
        private readonly List<PoolRate> _rates = [];
        private readonly List<PoolCriterion> _criteria = [];

        public World(long orePerUnit, bool criteria = true, bool withPrivate = false)
        {
            var partnership = Some.Partnership();
            Agreement = Some.InForce(partnership);
            City = Some.Party(partnership, OrganisationKind.Public);
            Seven = [.. Enumerable.Range(0, 7).Select(_ => Some.Party(partnership, OrganisationKind.IdeaDriven))];
            Parties = [City, .. Seven, .. withPrivate ? [Some.Party(partnership, OrganisationKind.Private)] : (Party[])[]];
            Assert.Null(SharedPool.SetUp(
                new PoolId(Guid.NewGuid()), Agreement, "Potten", City.Id, Decision(new(2015, 5, 1)), Parties, out var pool));
            Pool = pool;
            Rate("boendedygn", orePerUnit, new DateOnly(2015, 5, 1));
            if (criteria) Agree(new DateOnly(2015, 6, 1));
        }

        public Agreement Agreement { get; }

        public SharedPool Pool { get; }

        public Party City { get; }

        public IReadOnlyList<Party> Seven { get; }

        public IReadOnlyList<Party> Parties { get; }

        public List<PoolEntry> Entries { get; } = [];

        public List<PoolGrant> Grants { get; } = [];

        public PoolLedger Ledger => new([.. Entries], [.. Grants]);

        private static Recorder By => new(new PersonRef(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()), Some.Now);

        public BodyDecision Decision(DateOnly on)
        {
            var body = new DecidingBody(new BodyId(Guid.NewGuid()), "Styrgruppen", true);
            Assert.Null(BodyDecision.Record(
                new DecisionId(Guid.NewGuid()), Agreement, body, new Decided(body.Id, on, "§ 3", [City.Id, Seven[0].Id]), Parties,
                By, out var decision));
            return decision;
        }

        public void Rate(string unit, long ore, DateOnly from) => _rates.Add(new PoolRate
        {
            Id = new RateId(Guid.NewGuid()), PoolId = Pool.Id, PartnershipId = Pool.PartnershipId, Unit = unit, OrePerUnit = ore,
            StartsOn = from, DecisionId = new DecisionId(Guid.NewGuid()),
        });

        public void Agree(DateOnly on) => _criteria.Add(new PoolCriterion
        {
            Id = new CriterionId(Guid.NewGuid()), PoolId = Pool.Id, PartnershipId = Pool.PartnershipId,
            SetNumber = _criteria.Count + 1, Rank = 1, Text = "Meningsfull fritid", AgreedOn = on,
            DecisionId = new DecisionId(Guid.NewGuid()),
        });

        public void Deposit(Party by, long ore, DateOnly? on = null)
        {
            Assert.Null(PoolEntry.Deposit(Entered(on), Pool, by.Id, Money.Ore(ore), null, Ledger, out var entry));
            Entries.Add(entry);
        }

        public Refusal? Accrue(
            Party by, int quantity, DateOnly from, DateOnly to, out PoolEntry? entry, string unit = "boendedygn") => Keep(
                PoolEntry.Accrue(Entered(null), Pool, by.Id, new(unit, quantity, from, to, null), _rates, Ledger, out entry),
                entry);

        public Refusal? Grant(Party to, long ore, out PoolGrant? grant, CriterionId? criterion = null)
        {
            var decision = Decision(Today);
            var criteria = PoolCriterion.On(_criteria, Today).Select(one => one.Id)
                .DefaultIfEmpty(new CriterionId(Guid.NewGuid()));
            var wish = new PoolGrant.Wish(
                to.Id, Money.Ore(ore), "Fotboll", criterion is { } other ? [other] : [criteria.First()]);
            var refusal = PoolGrant.Decide(
                new GrantId(Guid.NewGuid()), Pool, wish, decision, _criteria, Parties, Ledger, out grant);
            if (refusal is null) Grants.Add(grant);
            return refusal;
        }

        public Refusal? Pay(PoolGrant grant, long ore, DateOnly? on = null) =>
            Keep(PoolEntry.PayOut(Entered(on), Pool, grant, Money.Ore(ore), null, Ledger, out var entry), entry);

        public Refusal? Reverse(PoolEntry wrong) =>
            Keep(PoolEntry.Reverse(Entered(null), Pool, wrong, "Fel antal.", Ledger, out var entry), entry);

        private Refusal? Keep(Refusal? refusal, PoolEntry? entry)
        {
            if (refusal is null) Entries.Add(entry!);
            return refusal;
        }

        private static PoolEntry.Entered Entered(DateOnly? on) => new(new EntryId(Guid.NewGuid()), on ?? Today, By);
    }
}
