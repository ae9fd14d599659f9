using System.Globalization;
using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Versioned;

/// <summary>What the versions of a history are: numbers in an order, whatever they were written as. Whole
/// numbers are themselves; other numbers the place of their bits, which grows as they do; times the
/// nanoseconds since 1970.</summary>
internal abstract class VersionScale
{
    const string Wanted = "versions of one kind: whole numbers, numbers, or times such as"
        + " 2026-11-30T10:00:00Z";

    /// <summary>Whole numbers.</summary>
    public static VersionScale Whole { get; } = new WholeNumbers();

    /// <summary>True for whole numbers.</summary>
    public bool IsWhole => this is WholeNumbers;

    /// <summary>The number of a version.</summary>
    public abstract long NumberOf(Value version);

    /// <summary>A version as people write it.</summary>
    public abstract string Text(long number);

    /// <summary>True for what may stand for a version.</summary>
    public static bool IsVersion(Value version) => version.Kind is ValueKind.Integer
        || (version.Kind == ValueKind.Real && double.IsFinite(version.AsReal))
        || Moments.Parse(version) is not null;

    /// <summary>The scale of what a history's operations tell.</summary>
    /// <param name="told">What each tells.</param>
    /// <param name="first">The version there was at first; nil where nobody said it.</param>
    /// <exception cref="UserMistakeException">They are of several kinds.</exception>
    public static VersionScale Of(IEnumerable<(Operation Operation, Value Version)> told, Value first)
    {
        if (!first.IsNil && !IsVersion(first))
            throw new UserMistakeException($"--initial: expected {Wanted}, found {first}");
        var (anyWhole, anyReal, anyMoment) =
            (first.IsInteger, first.Kind == ValueKind.Real, first.Kind == ValueKind.Text);
        var anyGreat = first.IsInteger && !IsExactReal(first.AsInteger);
        foreach (var (operation, version) in told)
        {
            anyWhole |= version.IsInteger;
            anyGreat |= version.IsInteger && !IsExactReal(version.AsInteger);
            anyReal |= version.Kind == ValueKind.Real;
            anyMoment |= version.Kind == ValueKind.Text;
            if ((anyMoment && (anyWhole || anyReal)) || (anyGreat && anyReal))
                throw OperationShapes.Mistake(
                    operation, isCompletion: true, $"expected {Wanted}, found {version}");
        }

        return anyMoment ? new Moments() : anyReal ? new Numbers() : Whole;
    }

    // Among real numbers two whole ones beyond these may be the same.
    static bool IsExactReal(long number) => number is >= -(1L << 53) and <= 1L << 53;

    sealed class WholeNumbers : VersionScale
    {
        public override long NumberOf(Value version) => version.AsInteger;

        public override string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }

    // Of numbers above zero the bits, taken as a whole number, grow as they do; of those below they shrink.
    sealed class Numbers : VersionScale
    {
        public override long NumberOf(Value version)
        {
            var bits = BitConverter.DoubleToInt64Bits(
                version.IsInteger ? version.AsInteger : version.AsReal + 0.0);
            return bits >= 0 ? bits : long.MinValue - bits;
        }

        public override string Text(long number) =>
            Value.Of(BitConverter.Int64BitsToDouble(number >= 0 ? number : long.MinValue - number))
                .ToString();
    }

    sealed class Moments : VersionScale
    {
        const int Nanoseconds = 1_000_000_000;
        const int Digits = 9;

        public override long NumberOf(Value version) =>
            Parse(version) ?? throw new InvalidOperationException($"{version} was taken for a time");

        public override string Text(long number)
        {
            var fraction = ((number % Nanoseconds) + Nanoseconds) % Nanoseconds;
            var second = DateTimeOffset.FromUnixTimeSeconds((number - fraction) / Nanoseconds);
            var digits = fraction == 0 ? ""
                : "." + fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
            return second.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + digits + "Z";
        }

        // The library keeps seven digits of a second; recorders write nine.
        public static long? Parse(Value version)
        {
            const int second = 19;
            if (version.Kind != ValueKind.Text || version.AsText is not { Length: > second } text
                || text[10] != 'T')
                return null;
            var end = second;
            if (text[end] == '.')
                for (end++; end < text.Length && char.IsAsciiDigit(text[end]);)
                    end++;
            var digits = Math.Max(0, end - second - 1);
            if (digits > Digits || (text[second] == '.' && digits == 0) || !DateTimeOffset.TryParse(
                    text[..second] + text[end..], CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal, out var moment) || moment.Year is < 1680 or > 2260)
                return null;
            var fraction = digits == 0 ? 0 : long.Parse(
                text.AsSpan(second + 1, digits), NumberStyles.None, CultureInfo.InvariantCulture);
            for (; digits < Digits; digits++)
                fraction *= 10;
            return (moment.ToUnixTimeSeconds() * Nanoseconds) + fraction;
        }
    }
}
