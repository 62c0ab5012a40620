using System.Globalization;
using Iop.Web.Parts;

namespace Iop.Web.Partnerships;

/// <summary>Title, period, notice, area and place of an agreement, as the form has them.</summary>
internal sealed record AgreementFrame(
    string? Title, string? StartsOn, string? EndsOn, bool AutoRenews, int? NoticeMonths, string? Area, string? TargetAge,
    string? MunicipalityCode, string? CountyCode)
{
    public static AgreementFrame Of(Filled form) => new(
        form.Text("title"), form.Text("startsOn"), form.Text("endsOn"), form.Text("autoRenews") is not null,
        int.TryParse(form.Text("noticeMonths"), NumberStyles.None, CultureInfo.InvariantCulture, out var months) ? months : null,
        form.Text("area"), form.Text("targetAge"), form.Text("municipalityCode"), form.Text("countyCode"));
}
