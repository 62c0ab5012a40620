using System.Security.Cryptography;
using System.Text;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Signing;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>An agreement that lives: what the service's acts and timers do with the domain's rules, in memory. After every act
/// what must always hold is looked at.</summary>
internal sealed class LivingAgreement
{
    private readonly Partnership _partnership = Some.Partnership();
    private readonly List<AgreementVersion> _versions = [];
    private readonly Dictionary<string, List<Party>> _partiesOf = new(StringComparer.Ordinal);
    private readonly List<Change> _changes = [];
    private readonly List<InForce> _days = [];
    private List<Party> _working;

    public LivingAgreement(bool autoRenews, int? noticeMonths, bool openEnded)
    {
        _working = [Party(OrganisationKind.Public), Party(OrganisationKind.IdeaDriven)];
        Agreement = Agreement.Draft(new AgreementId(Guid.NewGuid()), _partnership.Id, new Frame(
            "Vårsol", new DateOnly(2026, 4, 1), openEnded ? null : new DateOnly(2027, 3, 31), autoRenews, noticeMonths, null,
            null, null, null, 12, null, "Styrgruppen", ["interventions"]), "test", Now);
        var first = Change.First(NewChange(), Agreement, Somebody, Now);
        _changes.Add(first);
        Agreement.BelongsTo(first);
        Assert.Null(Agreement.CompleteAssessment(Now));
        SignAll();
        Today = new DateOnly(2026, 4, 1);
        Pass();
    }

    public Agreement Agreement { get; }

    public DateOnly Today { get; private set; } = new(2026, 3, 2);

    public IReadOnlyList<Party> InForceParties => _partiesOf[Agreement.InForceHash!];

    public int Versions => _versions.Count;

    private DateTimeOffset Now => SwedishTime.StartOf(Today).AddHours(9);

    private Change Current => _changes.Single(change => change.ChangeId == Agreement.ChangeId);

    private static Changer Somebody { get; } = new(new PersonRef(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()));

    public void LetPass(int days)
    {
        Today = Today.AddDays(days);
        Pass();
    }

    public Refusal? Renegotiate(int inDays, OrganisationKind? newcomer, int? without)
    {
        var day = Today.AddDays(inDays);
        if (Instruments.Renegotiate(Agreement, day, Today) is { } refusal) return refusal;
        Begin(ChangeKind.Renegotiation, day);
        if (newcomer is { } kind) _working.Add(Party(kind));
        if (without is { } number && Sides.AreBoth(_working.Where((_, place) => place != number).Select(of => of.Kind)))
            _working.RemoveAt(number);
        return null;
    }

    public Refusal? Admit(int inDays, OrganisationKind kind)
    {
        var (day, newcomer) = (Today.AddDays(inDays), Party(kind));
        if (Instruments.Admit(Agreement, _working, newcomer, day, Today) is { } refusal) return refusal;
        Begin(ChangeKind.Accession, day, newcomer.Id);
        _working.Add(newcomer);
        return null;
    }

    public Refusal? Renew(int months)
    {
        var end = (Agreement.Term?.To ?? Today).AddMonths(months);
        if (Instruments.Renew(Agreement, end) is { } refusal) return refusal;
        Begin(ChangeKind.Renewal, Agreement.Term!.To!.Value.AddDays(1));
        return Agreement.ChangeFrame(Agreement.Frame with { EndsOn = end });
    }

    public Refusal? Adjust(int inDays, string section)
    {
        var day = Today.AddDays(inDays);
        var decision = new BodyDecision("Styrgruppen", Today, "§ 1");
        if (Instruments.Adjust(Agreement, [section], decision, day, Today) is { } refusal) return refusal;
        var change = Change.Adjust(NewChange(), Agreement, "Skäl.", Somebody, day, decision, Now);
        _changes.Add(change);
        Assert.Null(Agreement.BeginChange(change, Now));
        Assert.Null(Agreement.Decide(Fix(change, InForceParties), Now));
        Pass();
        return null;
    }

    public Refusal? Leave(int number)
    {
        var party = InForceParties[number % InForceParties.Count];
        var members = InForceParties.Select(of => new Member(of.Id, of.Kind)).ToList();
        var leaving = Leaving.Select(change => change.PartyId!.Value).ToList();
        if (Instruments.Leave(Agreement, members, party.Id, leaving, Today, out var day) is { } refusal) return refusal;
        _changes.Add(Change.Begin(NewChange(), Agreement, ChangeKind.Withdrawal, "Skäl.", Somebody, day, Now, party.Id));
        Pass();
        return null;
    }

    public Refusal? GiveNotice()
    {
        if (Instruments.GiveNotice(Agreement, Today, out var day) is { } refusal) return refusal;
        Abandon();
        Assert.Null(Agreement.GiveNotice(day, Now));
        Pass();
        return null;
    }

    public Refusal? Sign()
    {
        if (Agreement.Working is not (Working.Draft or Working.Assessment)) return LifeRefusals.NoChangeUnderWay;
        if (Agreement.Working is Working.Draft) Assert.Null(Agreement.CompleteAssessment(Now));
        if (!Sides.AreBoth(_working.Select(of => of.Kind))) return AgreementRefusals.Incomplete(1);
        SignAll();
        Pass();
        return null;
    }

    public Refusal? Abandon()
    {
        if (!Agreement.State.Binds() || !Agreement.CanBeDrafted) return LifeRefusals.NoChangeUnderWay;
        Current.Abandon("Skäl.", Now);
        _working = [.. InForceParties];
        return Agreement.AbandonChange(Now);
    }

    /// <summary>What must hold whatever has been done.</summary>
    public void Holds()
    {
        for (var number = 0; number < _versions.Count; number++)
        {
            var version = _versions[number];
            Assert.Equal(number + 1, version.Number);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(version.Canonical)), version.Hash);
            Assert.Equal(number == 0 ? null : _versions[number - 1].Hash, version.PreviousHash);
        }
        var real = _days.Where(days => days.ToDay is null || days.ToDay >= days.FromDay).OrderBy(days => days.FromDay).ToList();
        for (var place = 1; place < real.Count; place++)
            Assert.True(real[place - 1].ToDay < real[place].FromDay, "two versions in force on one day");
        if (Agreement.State.Binds())
            Assert.Equal(Agreement.InForceHash, Assert.Single(real, days => days.Holds(Today)).Hash);
        else Assert.DoesNotContain(real, days => days.Holds(Today));
        Assert.True(Sides.AreBoth(InForceParties.Select(party => party.Kind)));
        if (Agreement.Working is Working.None && Agreement.State.Binds())
            Assert.Equal(Agreement.InForceHash, Agreement.VersionHash);
        if (Agreement.CanBeDrafted) Assert.Null(Agreement.VersionHash);
        if (Agreement.State.IsOver()) Assert.Equal(Working.None, Agreement.Working);
    }

    private List<Change> Leaving => [.. _changes.Where(change => change.IsDeparture)];

    private void Pass()
    {
        for (var turns = 0; Calendar.Next(Agreement, Leaving, Today) is { } due; turns++)
        {
            Assert.True(turns < 100, "turns for ever");
            Happen(due);
        }
    }

    private void Happen(Due due)
    {
        switch (due.Turn)
        {
            case Turn.TakesOver:
                TakeOver(Agreement.VersionHash!, due.On);
                Assert.Null(Agreement.EnterIntoForce(Now));
                Current.Take(Agreement.InForceHash!, due.On, Now);
                foreach (var change in Leaving.Where(of => InForceParties.All(party => party.Id != of.PartyId)))
                    change.Take(Agreement.InForceHash!, due.On, Now);
                break;
            case Turn.PartyLeaves:
                PartyLeaves(due.Leaving!);
                break;
            case Turn.Renews:
                var renewal = Change.Renew(NewChange(), Agreement, due.On, false, false, Now);
                _changes.Add(renewal);
                Unsigned(renewal, due.On, [.. InForceParties], Agreement.Frame with { EndsOn = Agreement.Term!.Renewed.To });
                break;
            default:
                End(due.On.AddDays(-1));
                break;
        }
    }

    private void PartyLeaves(Change change)
    {
        var stay = InForceParties.Where(party => party.Id != change.PartyId).ToList();
        if (stay.Count == InForceParties.Count) change.Abandon("not-a-party", Now);
        else if (!Sides.AreBoth(stay.Select(party => party.Kind))) End(change.EffectiveOn!.Value.AddDays(-1));
        else
        {
            if (Agreement.CanBeDrafted) _working.RemoveAll(party => party.Id == change.PartyId);
            Unsigned(change, change.EffectiveOn!.Value, stay, Agreement.Frame with { EndsOn = Agreement.Term!.To });
        }
    }

    private void Unsigned(Change change, DateOnly day, List<Party> parties, Frame frame)
    {
        var hash = Fix(change, parties);
        if (Agreement.Working is Working.None)
        {
            Assert.Null(Agreement.BeginChange(change, Now));
            Assert.Null(Agreement.ChangeFrame(frame));
            Assert.Null(Agreement.Decide(hash, Now));
            TakeOver(hash, day);
            Assert.Null(Agreement.EnterIntoForce(Now));
            _working = [.. parties];
        }
        else
        {
            TakeOver(hash, day);
            Assert.Null(Agreement.TakeOverBeside(hash, frame));
        }
        change.Take(hash, day, Now);
    }

    private void End(DateOnly lastDay)
    {
        Assert.Null(Agreement.End(Now));
        _days[^1].Until(lastDay);
        foreach (var change in _changes.Where(change => change.State is ChangeState.UnderWay)) change.Abandon("over", Now);
    }

    private void TakeOver(string hash, DateOnly day) =>
        _days.Add(InForce.TakeOver(Agreement, hash, day, _days.LastOrDefault(days => days.ToDay is null)));

    private void Begin(ChangeKind kind, DateOnly day, PartyId? party = null)
    {
        var change = Change.Begin(NewChange(), Agreement, kind, "Skäl.", Somebody, day, Now, party);
        _changes.Add(change);
        Assert.Null(Agreement.BeginChange(change, Now));
        _working = [.. InForceParties];
    }

    private void SignAll()
    {
        Assert.Null(Agreement.Open(Some.Gate(_working, Agreement), Fix(Current, _working), Now));
        foreach (var party in _working) Assert.Null(Agreement.TakeSignature(party == _working[^1], Now));
    }

    private string Fix(Change change, IReadOnlyList<Party> parties)
    {
        var previous = _versions.LastOrDefault();
        var canonical = Encoding.UTF8.GetBytes(
            $"{previous?.Hash}|{_versions.Count}|{change.ChangeId.Value}|{string.Join(',', parties.Select(of => of.Id.Value))}");
        var hash = Convert.ToHexStringLower(SHA256.HashData(canonical));
        _versions.Add(new AgreementVersion
        {
            AgreementId = Agreement.Id,
            PartnershipId = Agreement.PartnershipId,
            Number = _versions.Count + 1,
            Hash = hash,
            PreviousHash = previous?.Hash,
            AssessedHash = "h",
            Canonical = canonical,
            Kind = change.Kind,
            BindsBy = change.BindsBy,
            OpenedBy = null,
            OpenedAt = Now,
        });
        _partiesOf[hash] = [.. parties];
        return hash;
    }

    private Party Party(OrganisationKind kind) => Some.Party(_partnership, kind);

    private static ChangeId NewChange() => new(Guid.NewGuid());
}
