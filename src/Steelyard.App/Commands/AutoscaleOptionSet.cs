using System.CommandLine;
using System.Globalization;
using Steelyard.Analysis.Policies.Scaling;
using Steelyard.Analysis.Policies.Scaling.Services;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>The service that is scaled, and the demand that comes to it, as options.</summary>
internal sealed class AutoscaleOptionSet
{
    readonly Option<string?> _demand = Words("--demand", "which",
        $"What comes: {string.Join(", ", DemandShape.All.Select(shape => shape.Name))}, or a file of"
        + " seconds,requestsPerSecond; diurnal when not given");
    readonly Option<string?> _low = Words("--low", "rate",
        "Requests per second at the least; 200 when not given");
    readonly Option<string?> _high = Words("--high", "rate",
        "Requests per second at the most; 2000 when not given");
    readonly Option<string?> _duration = Words("--duration", "time",
        "How long; by the demand when not given");
    readonly Option<string?> _min = Words("--min", "count", "The fewest instances; 1 when not given");
    readonly Option<string?> _max = Words("--max", "count", "The most instances; 100 when not given");
    readonly Option<string?> _initial = Words("--initial", "count",
        "Instances at the beginning; by target when not given");
    readonly Option<string?> _target = Words("--target", "share",
        "How busy an instance should be, as 0.6 or 60%; 0.6 when not given");
    readonly Option<string?> _capacity = Words("--capacity-per-instance", "rate",
        "Requests per second that an instance can serve; 100 when not given");
    readonly Option<string?> _service = Words("--service-time", "time",
        "How long a request takes that does not wait; 50ms when not given");
    readonly Option<string?> _startUp = Words("--start-up", "time",
        "How long an instance starts; 30s when not given");
    readonly Option<string?> _delay = Words("--metrics-delay", "time",
        "How old measurements are when a policy sees them; 15s when not given");
    readonly Option<string?> _pool = Words("--warm-pool", "count",
        "Instances that have started and wait beside; 0 when not given");
    readonly Option<string?> _warmStart = Words("--warm-start", "time",
        "How long one of those takes to serve; 2s when not given");
    readonly Option<string?> _warmPrice = Words("--warm-price", "share",
        "What one of those costs, as a share of another; 1 when not given");
    readonly Option<string?> _slo = Words("--slo", "time",
        "Within this a request must be answered; 200ms when not given");
    readonly Option<string?> _learn = Words("--learn", "time",
        "A beginning that counts for nothing; 24h of two days or more, else none");
    readonly Option<string?> _instance = Words("--instance", "name",
        "The kind of instance, whose price is taken; the first of the table when not given");
    readonly Option<string?> _prices = Words("--price-table", "file",
        "Prices as CSV: name,cores,memoryGiB,pricePerHour,currency,source,asOf");

    /// <summary>The currency of the prices that were read.</summary>
    public string Currency { get; private set; } = "";

    public void AddTo(Command command)
    {
        foreach (var option in (Option<string?>[])
            [
                _demand, _low, _high, _duration, _min, _max, _initial, _target, _capacity, _service, _startUp,
                _delay, _pool, _warmStart, _warmPrice, _slo, _learn, _instance, _prices,
            ])
            command.Add(option);
        _demand.CompletionSources.Add([.. DemandShape.All.Select(shape => shape.Name)]);
    }

    /// <summary>The demand.</summary>
    /// <exception cref="UserMistakeException">There is none such, or it cannot be.</exception>
    public DemandTrace Demand(ParseResult parsed)
    {
        var name = parsed.GetValue(_demand) ?? "diurnal";
        if (File.Exists(name) || Directory.Exists(name) || name.IndexOfAny(['/', '\\', '.']) >= 0)
        {
            foreach (var option in (Option<string?>[])[_low, _high, _duration])
                if (parsed.GetValue(option) is not null)
                    throw new UserMistakeException(
                        $"{option.Name}: expected a demand that has a name, found the file {name}");
            return DemandFile.Read(name);
        }

        var (low, high) = (Number(parsed, _low, 200, 0), Number(parsed, _high, 2000, 0));
        if (low > high)
            throw new UserMistakeException($"--high: expected at least the {low} of --low, found {high}");
        var duration = Time(parsed, _duration, null);
        if (duration < TimeSpan.FromSeconds(1) || duration > DemandFile.Longest)
            throw new UserMistakeException($"--duration: expected a time from 1s to"
                + $" {DemandFile.Longest.TotalHours:0}h, found \"{parsed.GetValue(_duration)}\"");
        return DemandShape.Named(name).Trace(low, high, duration);
    }

    /// <summary>The service.</summary>
    /// <exception cref="UserMistakeException">A value cannot be.</exception>
    public ScaledServiceOptions Read(ParseResult parsed, DemandTrace demand)
    {
        var price = Price(parsed);
        var settings = Settings(parsed, demand);
        var options = new ScaledServiceOptions
        {
            Settings = settings,
            WarmPool = Whole(parsed, _pool, 0, 0),
            WarmStart = Time(parsed, _warmStart, TimeSpan.FromSeconds(2))!.Value,
            WarmPriceShare = Share(parsed, _warmPrice, 1),
            Slo = Time(parsed, _slo, TimeSpan.FromMilliseconds(200))!.Value,
            Learning = Time(parsed, _learn, UsualLearning(demand))!.Value,
            PricePerHour = price.PricePerHour,
        };
        if (options.Slo < settings.ServiceTime)
            throw new UserMistakeException("--slo: expected at least the service time of"
                + $" {Durations.Format(settings.ServiceTime)}, found {Durations.Format(options.Slo)}");
        if (options.Learning >= demand.Duration)
            throw new UserMistakeException("--learn: expected less than the whole demand of"
                + $" {Durations.Format(demand.Duration)}, found {Durations.Format(options.Learning)}");
        Currency = price.Currency;
        return options;
    }

    ScalingSettings Settings(ParseResult parsed, DemandTrace demand)
    {
        var (least, most) = (Whole(parsed, _min, 1, 0), Whole(parsed, _max, 100, 1));
        if (least > most)
            throw new UserMistakeException($"--max: expected at least the {least} of --min, found {most}");
        var settings = new ScalingSettings
        {
            Minimum = least,
            Maximum = most,
            Target = Share(parsed, _target, 0.6),
            CapacityPerInstance = Number(parsed, _capacity, 100, double.Epsilon),
            ServiceTime = Time(parsed, _service, TimeSpan.FromMilliseconds(50))!.Value,
            StartUp = Time(parsed, _startUp, TimeSpan.FromSeconds(30))!.Value,
            MetricsDelay = Time(parsed, _delay, TimeSpan.FromSeconds(15))!.Value,
        };
        if (settings.Target <= 0)
            throw new UserMistakeException("--target: expected a share above 0, found 0");
        if (settings.ServiceTime <= TimeSpan.Zero)
            throw new UserMistakeException("--service-time: expected a time above 0, found 0s");
        var byTarget = settings.Within(Math.Ceiling(
            demand.RatesPerSecond[0] / (settings.Target * settings.CapacityPerInstance)));
        return settings with { Initial = Whole(parsed, _initial, byTarget, 0) };
    }

    InstancePrice Price(ParseResult parsed)
    {
        var table = parsed.GetValue(_prices) is { } path
            ? PriceTable.Parse(InputFile.Read(path), path)
            : PriceTable.Usual;
        return parsed.GetValue(_instance) is { } name ? table.Named(name) : table.Instances[0];
    }

    static TimeSpan UsualLearning(DemandTrace demand) =>
        demand.Duration >= TimeSpan.FromDays(2) ? TimeSpan.FromDays(1) : TimeSpan.Zero;

    static Option<string?> Words(string name, string valueName, string description) =>
        new(name) { Description = description, HelpName = valueName };

    static int Whole(ParseResult parsed, Option<string?> option, int usual, int least)
    {
        // Far more than a run can hold.
        const int Most = 1_000_000;
        if (parsed.GetValue(option) is not { } text)
            return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= least && count <= Most
            ? count
            : throw new UserMistakeException(
                $"{option.Name}: expected a whole number from {least} to {Most}, found \"{text}\"");
    }

    static double Number(ParseResult parsed, Option<string?> option, double usual, double least)
    {
        if (parsed.GetValue(option) is not { } text)
            return usual;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= least && double.IsFinite(number)
            ? number
            : throw new UserMistakeException($"{option.Name}: expected a number"
                + $" {(least > 0 ? "above 0" : "of at least 0")}, found \"{text}\"");
    }

    static double Share(ParseResult parsed, Option<string?> option, double usual)
    {
        if (parsed.GetValue(option) is not { } text)
            return usual;
        var isPercent = text.EndsWith('%');
        return double.TryParse(
                text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= 0 && double.IsFinite(number)
            ? isPercent ? number / 100 : number
            : throw new UserMistakeException(
                $"{option.Name}: expected a share such as 0.6 or 60%, found \"{text}\"");
    }

    static TimeSpan? Time(ParseResult parsed, Option<string?> option, TimeSpan? usual)
    {
        if (parsed.GetValue(option) is not { } text)
            return usual;
        return Durations.TryParse(text, out var time) && time >= TimeSpan.Zero
            ? time
            : throw new UserMistakeException(
                $"{option.Name}: expected a time such as 250ms, 30s or 2h, found \"{text}\"");
    }
}
