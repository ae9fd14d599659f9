using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Words;

/// <summary>"process 1 read 3, although in every order that fits so far the counter was 4".</summary>
internal sealed class CounterWords : ModelWords<long>
{
    public override Contradiction Of(Operation operation, IReadOnlyList<long> states) => new(
        $"{Who(operation)} read {Told(operation.Output)}", "the counter was",
        states.Select(sum => sum.ToString(CultureInfo.InvariantCulture)));
}
