using Iop.Web.Parts;

namespace Iop.Web.Signing;

/// <summary>On what decision somebody signs.</summary>
internal static class MandateForm
{
    public static object Of(Filled form) => new
    {
        basis = form.Text("basis"), decidedOn = form.Text("decidedOn"), paragraph = form.Text("paragraph"),
        caseNumber = form.Text("caseNumber"),
    };
}
