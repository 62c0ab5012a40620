using Iop.Agreements.Domain.Texts;

namespace Iop.Domain.Tests.Agreements.Texts;

/// <summary>The table a lawyer can check: what is pointed at, and what is not.</summary>
public sealed class DriftTests
{
    [Theory]
    [InlineData("Vid försening utgår vite med 5 000 kr per vecka.", DriftKind.Sanction, "vite")]
    [InlineData("Föreningen betalar ett vitesbelopp om 10 000 kr.", DriftKind.Sanction, "vitesbelopp")]
    [InlineData("Kommunen har rätt till avdrag på ersättningen.", DriftKind.Sanction, "avdrag på ersättningen")]
    [InlineData("Vid utebliven verksamhet hålls inte medel kvar; ersättningen minskas i motsvarande mån.", DriftKind.Sanction,
        "ersättningen minskas")]
    [InlineData("Föreningen är skadeståndsskyldig för fel.", DriftKind.Sanction, "skadeståndsskyldig")]
    [InlineData("Kommunen får besluta om sanktioner.", DriftKind.Sanction, "sanktioner")]
    [InlineData("Om rapport saknas tas en förseningsavgift ut.", DriftKind.Sanction, "förseningsavgift")]
    [InlineData("The association shall pay liquidated damages.", DriftKind.Sanction, "liquidated damages")]
    [InlineData("Payment may be withheld until the report arrives.", DriftKind.Sanction, "payment may be withheld")]
    [InlineData("A penalty applies for each missed visit.", DriftKind.Sanction, "penalty")]
    [InlineData("Föreningen ska senast den 5 varje månad lämna in en lista.", DriftKind.Deadline, "ska senast")]
    [InlineData("Föreningen ska återkomma inom 24 timmar.", DriftKind.Deadline, "ska återkomma inom 24 timmar")]
    [InlineData("The association must report no later than Friday.", DriftKind.Deadline, "must report no later than")]
    [InlineData("Staff shall answer within 2 hours.", DriftKind.Deadline, "shall answer within 2 hours")]
    [InlineData("Minst 12 samtal per vecka genomförs.", DriftKind.Detail, "minst 12 samtal per vecka")]
    [InlineData("Verksamheten omfattar 40 timmar i veckan.", DriftKind.Detail, "40 timmar i veckan")]
    [InlineData("Varje ungdom får minst två samtal per månad.", DriftKind.Detail, "minst två samtal per månad")]
    [InlineData("Lokalen är bemannad vardagar kl. 08.00–17.00.", DriftKind.Detail, "bemannad vardagar kl. 08.00–17.00")]
    [InlineData("At least 5 visits per week are made.", DriftKind.Detail, "at least 5 visits per week")]
    [InlineData("Leverantören levererar stödsamtal.", DriftKind.Purchase, "leverantören")]
    [InlineData("Beställaren godkänner fakturan.", DriftKind.Purchase, "beställaren")]
    [InlineData("Avrop görs månadsvis.", DriftKind.Purchase, "avrop")]
    [InlineData("Priset per samtal är 900 kr.", DriftKind.Purchase, "priset per samtal")]
    [InlineData("The contractor provides counselling.", DriftKind.Purchase, "contractor")]
    public void Points_at(string sentence, DriftKind kind, string found)
    {
        var warning = Assert.Single(Drift.In("Parterna möts ofta. " + sentence + " Det gäller tills vidare."));
        Assert.Equal((kind, found), (warning.Kind, warning.Found.ToLowerInvariant()));
        Assert.Equal(sentence, warning.Sentence);
        Assert.Equal(sentence.IndexOf(warning.Found, StringComparison.Ordinal) + "Parterna möts ofta. ".Length, warning.Start);
    }

    [Theory]
    [InlineData("Parterna har inga sanktioner mot varandra.")]
    [InlineData("Avtalet saknar inte innehåll, men det utdöms aldrig vite.")]
    [InlineData("Det som inte blir av löses i samtal, utan skadestånd eller böter.")]
    [InlineData("There are no penalties and no sanctions between the parties.")]
    [InlineData("Ingen av parterna är beställare eller leverantör.")]
    [InlineData("Föreningen är en part, inte en leverantör.")]
    [InlineData("Skatteavdrag görs enligt lag.")]
    [InlineData("Vi vill invitera fler föreningar.")]
    [InlineData("The fine arts workshop is open to all.")]
    [InlineData("Poor cooperation damages trust.")]
    [InlineData("Den senaste rapporten finns hos styrgruppen.")]
    [InlineData("Senast uppdaterad i mars.")]
    [InlineData("Parterna träffas var sjätte vecka.")]
    [InlineData("Omkring 300 barn om året får stöd.")]
    [InlineData("Målgruppen är barn från 4 år.")]
    [InlineData("Öppenvården har lediga tider.")]
    [InlineData("Styrgruppen möts varannan vecka under det första halvåret.")]
    [InlineData("")]
    [InlineData(null)]
    public void Lets_be(string? sentence) => Assert.Empty(Drift.In(sentence));

    [Theory]
    [InlineData("ending", "Uppsägning ska ske senast sex månader före periodens slut.", 0)]
    [InlineData("interventions", "Uppsägning ska ske senast sex månader före periodens slut.", 1)]
    [InlineData("resources", "Föreningen bidrar med 15 timmar i veckan.", 0)]
    [InlineData("interventions", "Föreningen bidrar med 15 timmar i veckan.", 1)]
    [InlineData("ending", "Vid försening utgår vite.", 1)]
    public void Some_sections_are_the_place_for_days_and_hours(string section, string text, int warnings) =>
        Assert.Equal(warnings, Drift.In(text, section).Count);

    [Fact]
    public void Says_no_more_than_can_be_read_and_takes_no_time_over_a_long_text()
    {
        var text = string.Concat(Enumerable.Repeat("ska ska ska 1 1 1 öppet öppet minst ", 1_400)) + string.Concat(
            Enumerable.Repeat("Det blir vite. ", 100));
        Assert.Equal(Drift.WarningsMax, Drift.In(text).Count);
    }
}
