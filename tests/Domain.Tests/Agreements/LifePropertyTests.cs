using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>Thousands of lives, each a long row of acts and days: at most one version in force on any day, a chain that
/// verifies, and both sides among the parties, always.</summary>
public sealed class LifePropertyTests
{
    private const int LivesMax = 3_000;
    private const int ActsMax = 40;

    [Fact]
    public void Whatever_is_done_in_whatever_order_one_version_is_in_force_the_chain_verifies_and_both_sides_remain()
    {
        var (happened, refused) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var versionsMost = 0;
        for (var seed = 1; seed <= LivesMax; seed++)
        {
            var dice = new Dice((ulong)seed);
            var life = new LivingAgreement(dice.Of(2) == 0, dice.Of(5) switch { 0 => null, 1 => 0, 2 => 3, 3 => 6, _ => 12 },
                openEnded: dice.Of(6) == 0);
            for (var act = 0; act < ActsMax; act++)
            {
                var what = Names[dice.Of(Names.Length)];
                var refusal = Try(life, what, dice);
                life.Holds();
                if (refusal is null) happened.Add(what);
                else refused.Add(refusal.Code);
            }
            versionsMost = Math.Max(versionsMost, life.Versions);
        }
        // The lives are not all dull: everything has happened, and been refused, somewhere.
        Assert.Equal(Names.Order(StringComparer.Ordinal), happened.Order(StringComparer.Ordinal));
        Assert.True(versionsMost > 8);
        foreach (var code in new[]
        {
            "life.not-in-force", "life.change-under-way", "life.side-would-be-missing", "life.already-leaving", "life.open-ended",
            "life.no-notice-agreed", "life.ends-before", "life.section-outside-frame", "life.no-change-under-way",
        }) Assert.Contains(code, refused);
    }

    private static readonly string[] Names =
        ["pass", "pass-long", "renegotiate", "admit", "renew", "adjust", "adjust-outside", "leave", "notice", "sign", "abandon"];

    private static Refusal? Try(LivingAgreement life, string what, Dice dice)
    {
        switch (what)
        {
            case "pass": life.LetPass(dice.Of(20)); return null;
            case "pass-long": life.LetPass(dice.Of(400)); return null;
            case "renegotiate":
                return life.Renegotiate(dice.Of(200), dice.Of(3) == 0 ? Kind(dice) : null, dice.Of(3) == 0 ? dice.Of(2) : null);
            case "admit": return life.Admit(dice.Of(200), Kind(dice));
            case "renew": return life.Renew(1 + dice.Of(36));
            case "adjust": return life.Adjust(dice.Of(60), "interventions");
            // Refused, always: so it has "happened" when the refusal is the right one.
            case "adjust-outside":
                var outside = life.Adjust(dice.Of(60), "goals");
                Assert.NotNull(outside);
                return dice.Of(2) == 0 ? outside : null;
            case "leave": return life.Leave(dice.Of(10));
            // Seldom, or all lives would be short.
            case "notice": return dice.Of(5) == 0 ? life.GiveNotice() : LifeRefusals.NoChangeUnderWay;
            case "sign": return life.Sign();
            default: return life.Abandon();
        }
    }

    private static OrganisationKind Kind(Dice dice) => (OrganisationKind)dice.Of(3);

    /// <summary>Its own numbers, the same on every machine and in every year (SplitMix64).</summary>
    private sealed class Dice(ulong seed)
    {
        private ulong _state = seed * 0x9E3779B97F4A7C15;

        public int Of(int sides)
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)sides);
        }
    }
}
