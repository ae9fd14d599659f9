using System.Globalization;
using Steelyard.Histories.Measuring;
using Steelyard.Runs;

namespace Steelyard.Sweeps;

/// <summary>The command that does a sweep again.</summary>
internal static class SweepCommand
{
    /// <summary>As <c>steelyard sweep bank --vary rate=10,20 --objective latency-p99:min --seeds
    /// 1..3</c>.</summary>
    public static string Of(SweepResult result)
    {
        var request = result.Request;
        var words = new List<string> { RunCommand.Sweep(request.What.Spec) };
        words.AddRange(request.Variations.Select(one => $"--vary {RunCommand.Quoted(one.Written)}"));
        words.AddRange(request.Objectives.Select(one => $"--objective {one.Asked}{Way(one.Better)}"));
        words.Add(request.Seeds.Precision is { } rule
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"--precision {rule.RelativeHalfWidth * 100:0.####}% --most-seeds {rule.Most}")
            : $"--seeds {request.Seeds.Seeds}");
        return string.Join(' ', words);
    }

    static string Way(Direction? better) => better switch
    {
        Direction.MoreIsBetter => ":max",
        Direction.LessIsBetter => ":min",
        _ => "",
    };
}
