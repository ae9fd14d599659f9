namespace Steelyard.Analysis.Tests.Policies.Scaling;

/// <summary>Further cases that upstream holds itself to (kubernetes' replica_calculator_test.go,
/// horizontal_test.go; knative/serving's autoscaler_test.go), by their names there.</summary>
public class UpstreamCasesTests
{
    [Theory]
    // ScaleUpHotCpuLessScale, ScaleDown, ScaleDownIgnoreHotCpuPods.
    [InlineData("current=3 levels=300,500,700 target=30% start=[hot,cool,cool]", "4", "60")]
    [InlineData("current=5 levels=100,300,500,250,250 target=50%", "3", "28")]
    [InlineData("current=5 levels=100,300,500,250,250 target=50% start=[cool,cool,cool,hot,hot]", "2", "30")]
    // ScaleDownExcludeUnscheduledPods, ScaleDownIgnoresDeletionPods.
    [InlineData("current=5 levels=100 target=50% phase=[Run,Pending x4] ready=[T,F,F,F,F]", "1", "10")]
    [InlineData(
        "current=5 levels=100,300,500,250,250 target=50% deleting=[F,F,F,F,F,T,T]", "3", "28")]
    // Tolerance, SuperfluousMetrics, MissingMetrics.
    [InlineData("current=3 levels=1010,1030,1020 target=100% requests=0.9,1.0,1.1", "3", "102")]
    [InlineData("current=4 levels=4000,9500,3000,7000,3200,2000 target=100%", "24", "587")]
    [InlineData("current=4 levels=400,95 target=100%", "3", "24")]
    // MissingMetricsNoChange: equal, greater, less.
    [InlineData("current=2 levels=1000 target=100%", "2", "100")]
    [InlineData("current=2 levels=1900 target=100%", "2", "190")]
    [InlineData("current=2 levels=600 target=100%", "2", "60")]
    // MissingMetrics: UnreadyChange, HotCpuScaleUp, UnreadyScaleDown.
    [InlineData("current=3 levels=100,450 target=50% ready=[F,T,T]", "3", "45")]
    [InlineData("current=3 levels=100,2000 target=50% ready=[F,T,T] start=[hot,cool,cool]", "4", "200")]
    [InlineData("current=4 levels=100,100,100 target=50% ready=[F,T,T,T]", "3", "10")]
    // DuringRollingUpdateWithMaxSurge, ComputedTolerance without scaling.
    [InlineData("current=2 levels=100,100 target=50% phase=[Run,Run,Run]", "2", "10")]
    [InlineData(
        "current=10 levels=150,150,150,150,150,150,150,150,150,150 target=55% requests=0.3", "10", "50")]
    public void A_resource_asks_for(string words, string replicas, string utilization)
    {
        var found = Decided.Of("hpa", words);
        Assert.Equal((replicas, utilization), (found["replicas"], found["utilization"]));
    }

    [Theory]
    // ScaleUpCM, ScaleUpCMObject, ...IgnoresUnreadyPods, ...External, ...ExternalIgnoresUnreadyPods.
    [InlineData("custom-pods", "current=3 levels=20000,10000,30000 target=15000", "4", "20000")]
    [InlineData("custom-object", "current=3 levels=20000 target=15000", "4", "20000")]
    [InlineData("custom-object", "current=3 levels=50000 target=10000 ready=[F,T,F]", "5", "50000")]
    [InlineData("custom-pods", "current=1 levels=8600 target=4400", "2", "8600")]
    [InlineData("custom-external", "current=3 levels=8600 target=4400 ready=[F,T,F]", "2", "8600")]
    [InlineData("custom-external-perpod", "current=3 levels=8600 target=2150", "4", "2867")]
    // ScaleDownCM, ...PerPodCMObject, ...CMExternal; ToleranceCM, ToleranceCMObject.
    [InlineData("custom-pods", "current=5 levels=12000,12000,12000,12000,12000 target=20000", "3", "12000")]
    [InlineData("custom-object-perpod", "current=5 levels=6000 target=2000", "3", "1200")]
    [InlineData("custom-external", "current=5 levels=8600 target=14334", "3", "8600")]
    [InlineData("custom-pods", "current=3 levels=20000,21000,21000 target=20000", "3", "20666")]
    [InlineData("custom-object", "current=3 levels=20666 target=20000", "3", "20666")]
    // From nothing the ratio itself counts.
    [InlineData("custom-external", "current=0 levels=8600 target=4400", "2", "8600")]
    public void A_metric_asks_for(string kind, string words, string replicas, string value)
    {
        var given = Decided.Pairs(words);
        given["kind"] = kind;
        var found = Decided.Of("hpa", given);
        Assert.Equal((replicas, value), (found["replicas"], found["value"]));
    }

    [Theory]
    [InlineData("current=100 desired=500 up=5p/120 up-events=1,5,9", "100 ScaleUpLimit")]
    [InlineData("current=100 desired=500 up=150p/120 up-events=1,5,9", "235 ScaleUpLimit")]
    [InlineData("current=100 desired=500 up=200%/120 up-events=1,5,9", "255 ScaleUpLimit")]
    [InlineData("current=6 desired=24 up=300%/300 up-events=4 down-events=2", "16 ScaleUpLimit")]
    [InlineData("current=10 desired=5 down-events=1,5,9", "5 DesiredWithinRange")]
    [InlineData("current=100 desired=0 down=115p/120,300 down-events=1,5,9", "1 TooFewReplicas")]
    [InlineData("current=100 desired=2 down=5p/120,300 down-events=1,5,9", "100 ScaleDownLimit")]
    [InlineData("current=10 desired=50 up=30p/60", "40 ScaleUpLimit")]
    [InlineData("current=100 desired=2 down=2p/60,1%/60,300", "98 ScaleDownLimit")]
    public void A_behavior_allows(string words, string expected)
    {
        var given = words.Replace("up-events", "upevents", StringComparison.Ordinal)
            .Replace("down-events", "downevents", StringComparison.Ordinal);
        var pairs = Decided.Pairs(given).ToDictionary(
            pair => pair.Key.Replace("events", "-events", StringComparison.Ordinal), pair => pair.Value);
        var found = Decided.Of("hpa-limits", pairs);
        Assert.Equal(expected, $"{found["replicas"]} {found["condition"]}");
    }

    [Theory]
    // UnpanicAfterSlowIncrease, ExtendPanicWindow, NoTrafficScaleToZero, ActivationScale.
    [InlineData("target=1 burst=98 t=0,30,62 ready=10,40,55 stable=11,30,50 panic=25,41,56", "25,41,50")]
    [InlineData("target=1 burst=98 t=0,30,61 ready=10,40,40 stable=11,30,30 panic=25,80,30", "25,80,80")]
    [InlineData("target=10 burst=75 t=0,2 stable=1,0 panic=0,0", "1,0")]
    [InlineData("target=10 burst=75 t=0,2 stable=0,1 panic=0,0 activation=2", "0,2")]
    // SmallScaleUpRate, DecreaseNonReachable, PanicModeDoublePodCount, UseOnePodAsMinimum.
    [InlineData("target=1 t=0,0 ready=2,2 stable=3,3 panic=3.1,3.1 rate=1.1", "3,3")]
    [InlineData("target=10 t=0,0 ready=100,100 stable=1,1 panic=1,1 reachable=F", "1,1")]
    [InlineData("target=10 t=0,0 ready=1,1 stable=50,50 panic=100,100", "10,10")]
    [InlineData("target=10 t=0,0 ready=0,0 stable=1000,1000 panic=888,888 rate=10", "10,10")]
    // ScaleDownDelay, gradual.
    [InlineData("target=10 t=540,600,660,840,900 stable=40,30,0,0,0 panic=40,30,0,0,0 ready=0 delay=300"
        + " threshold=100", "4,4,4,3,0")]
    public void Looks_of_knative_want(string words, string pods)
    {
        var given = Decided.Pairs(words);
        given["max-up"] = given.GetValueOrDefault("rate", "10");
        given["max-down"] = "10";
        given["panic-threshold"] = given.GetValueOrDefault("threshold", "2");
        Assert.Equal(pods, Decided.Of("kpa", given)["looks"]);
    }

    [Theory]
    // The guide's own course: ten instances at 60, then 70, then 40, then 30 percent.
    [InlineData("capacity=10 metric=60", "11")]
    [InlineData("capacity=11 metric=70", "14")]
    [InlineData("capacity=13 metric=30", "10")]
    [InlineData("capacity=10 metric=50", "10")]
    // While the one of the first step warms up, the second is taken of the ten.
    [InlineData("capacity=11 metric=70 warming=1", "13")]
    [InlineData("capacity=11 metric=65 warming=1", "11")]
    [InlineData("capacity=11 metric=30 warming=1", "11")]
    // A least magnitude: a quarter of four is one, and two are added.
    [InlineData("capacity=4 metric=90 out=60:+25% least=2", "6")]
    [InlineData("capacity=4 metric=90 out=60:=9", "9")]
    [InlineData("capacity=1 metric=90 out=60:+67%", "2")]
    [InlineData("capacity=1 metric=10 in=40:-58%", "0")]
    [InlineData("capacity=10 metric=10 in=40:-66.7%", "4")]
    public void A_step_gives(string words, string capacity) =>
        Assert.Equal(capacity, Decided.Of("aws-step", words)["capacity"]);

    [Theory]
    [InlineData("current=0 value=1", "1")]
    [InlineData("current=0 value=5 activation=5", "0")]
    [InlineData("current=0 value=6 activation=5 min=3", "3")]
    [InlineData("current=2 value=0 idle=299s", "")]
    [InlineData("current=2 value=0 idle=301s", "0")]
    [InlineData("current=2 value=0 idle=301s min=1", "")]
    [InlineData("current=2 value=9", "")]
    public void Keda_lets_there_be(string words, string replicas) =>
        Assert.Equal(replicas, Decided.Of("keda", words)["replicas"]);
}
