namespace Steelyard.Analysis.Policies.Scaling.Questions;

/// <summary>Decisions of autoscalers that can be asked for one at a time.</summary>
public static class ScalingQuestions
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ScalingQuestion> All { get; } =
    [
        HpaMetricQuestion.Question, HpaBehaviorQuestions.Limits, HpaBehaviorQuestions.Stabilization,
        HpaBehaviorQuestions.Events, KpaQuestion.Question, CloudQuestions.Steps, CloudQuestions.Target,
        CloudQuestions.Rules, CloudQuestions.Activation,
    ];
}
