using System.Globalization;
using Steelyard.Analysis.Laws;

namespace Steelyard.App.Commands;

/// <summary>A value for each parameter in the examples of help.</summary>
internal static class LawExamples
{
    static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal)
    {
        ["lambda"] = "80", ["service"] = "10ms", ["servers"] = "2", ["offered"] = "8", ["room"] = "20",
        ["users"] = "50", ["think"] = "1s", ["stay"] = "200ms", ["parts"] = "100", ["utilisation"] = "0.9",
        ["size"] = "10", ["fixed"] = "20ms", ["item"] = "1ms", ["workers"] = "16", ["load"] = "40",
        ["alpha"] = "0.03", ["beta"] = "0.0001", ["count"] = "3", ["n"] = "3", ["levels"] = "4",
        ["growth"] = "1024", ["change"] = "128", ["objects"] = "10000", ["needed"] = "2", ["cv2"] = "4",
    };

    public static string Of(LawParameter parameter) => Usual.TryGetValue(parameter.Name, out var usual)
        ? usual
        : Math.Min(parameter.Most, Math.Max(parameter.Least, parameter.Most <= 1 ? 0.95 : 1))
            .ToString(CultureInfo.InvariantCulture);
}
