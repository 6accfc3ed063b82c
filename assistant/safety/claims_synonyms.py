"""Lay and clinical English words that mean the same to a patient."""

# Words and phrases (with _ for the space) that a plain-language writer swaps freely; the first one names the meaning.
# Only near-equals belong here: a looser pair lets a wrong sentence through.
_SAME = """
hypertension high_blood_pressure
myocardial_infarction heart_attack
cerebrovascular_accident stroke
renal kidney kidneys
hepatic liver
cardiac heart
pulmonary lung lungs
gastric stomach
ocular eye eyes
cutaneous skin
cranial head
oral mouth by_mouth orally
nasal nose
femoral thigh
thoracic chest
lumbar lower_back
abdomen abdominal belly tummy
cerebral brain
vertigo dizziness dizzy
dyspnea dyspnoea breathlessness shortness_of_breath short_of_breath breathless out_of_breath
pyrexia fever high_temperature
edema oedema swelling swollen puffiness
pruritus itch itching itchy itches
erythema redness red reddened
emesis vomiting vomit throw_up throwing_up being_sick
nausea nauseous feeling_sick queasy queasiness
syncope faint fainting passing_out pass_out fainted
fatigue tiredness tired exhaustion
insomnia sleeplessness trouble_sleeping
myalgia muscle_pain muscle_aches
arthralgia joint_pain
cephalalgia headache headaches
xerosis dry_skin
xerostomia dry_mouth
hemorrhage haemorrhage bleeding bleed bleeds
hematoma haematoma bruise bruising bruises
lesion sore sores
fracture broken_bone break fractured broken
laceration cut cuts
contusion bruise
inflammation inflamed
infection infected
neoplasm growth
benign not_cancer non_cancerous noncancerous
malignant cancerous cancer
anemia anaemia
hyperglycemia high_blood_sugar
hypoglycemia low_blood_sugar
glucose blood_sugar sugar blood_glucose
lipids blood_fats
hemoglobin haemoglobin hgb
leukocytes white_blood_cells white_cells
erythrocytes red_blood_cells red_cells
thrombocytes platelets
thrombus clot clots blood_clot
anticoagulant blood_thinner blood_thinners anticoagulants
analgesic painkiller painkillers pain_reliever pain_relief analgesics
antipyretic fever_reducer
antihypertensive blood_pressure_medicine blood_pressure_tablet
diuretic water_tablet water_tablets water_pill water_pills diuretics
emollient moisturizer moisturiser moisturizing_cream moisturising_cream emollients
tablet tablets pill pills
physician doctor doctors
ophthalmologist eye_doctor eye_specialist
dermatologist skin_doctor skin_specialist
cardiologist heart_doctor heart_specialist
dentist dental
surgery operation operated surgical operations
incision surgical_cut
suture stitch stitches sutures
injection shot jab injected injections
vaccine vaccination vaccinated immunization immunisation vaccines jabs shots
radiograph x-ray xray x-rays
ultrasound sonogram
echocardiogram heart_ultrasound
electrocardiogram ecg ekg heart_tracing
biopsy tissue_sample
colonoscopy bowel_examination
gastroscopy stomach_camera
urine pee urinary
urinate pass_urine passing_urine pee peeing urination
feces faeces stool stools poo bowel_movement bowel_movements
defecate open_bowels
constipation constipated
diarrhea diarrhoea loose_stools
flatulence wind gas
dysuria pain_when_passing_urine
menses period periods menstruation menstrual_period
pregnancy pregnant
lactation breastfeeding breast-feeding nursing
contraceptive birth_control
neonate newborn
pediatric child children
acute sudden suddenly
chronic long-term long_term long-lasting ongoing
transient short brief short-lived short_lasting passing temporary
intermittent on_and_off comes_and_goes
severe serious bad
mild slight gentle mildly slightly
moderate medium
provoked triggered set_off brought_on triggers trigger provoke provokes
alleviate ease relieve soothe eases relieves eased relieved milder easing relief
episode spell spells attack attacks bout bouts episodes
symptom symptoms sign signs
onset beginning start begins begin starts started began
discontinue stop stops stopped quit
commence start
administer give given
ingest swallow swallowed
consume eat eating eats eaten food
beverage drink drinks drinking
apply put rub_in put_on applied
liberally generously plenty plenty_of lots_of
sufficient enough
avoid stay_away_from staying_away_from keep_away_from steer_clear_of avoiding avoids
smoking cigarettes smoke smoking_cigarettes tobacco smokes
alcohol alcoholic_drinks
exercise physical_activity working_out exercises exercising
elevate raise raised_up prop_up
rinse wash_out
extract remove removed pulled came_out took_out taken_out extraction
tooth teeth
insert fit fitted inserted placed put_in
painful hurt hurts pain sore ache aching aches
sight vision eyesight
pruritic itchy
daytime during_the_day
bedtime before_bed
morning mornings
night nights nighttime at_night
evening evenings
meal meals
visit appointment appointments visits check-up checkup
follow-up followup
booked planned scheduled arranged
recheck check_again checked_again rechecked
average on_average
pause pauses
weight weigh weighs weighed
height tall
neck neck_size
blood_test blood_work
glands lymph_nodes
dressing bandage bandages dressings
cell cells
suitable right_for
required needed necessary
permitted allowed
used use uses using
help helps helped helping assist
work works working
allow let lets allows
cause make makes causes made caused
kidney_disease renal_disease
feel feels feeling felt
keep stay stays keeps remain remains
target goal
receive get gets
contain contains
protect protects protecting protection
prevent prevents preventing prevention
damage damaged harm harms
change changes changing different
move moving movement moves
position positions
drop drops eye_drop eye_drops
hand hands
foot feet
toe toes
finger fingers
arm arms
leg legs
knee knees
woman women
man men
test tests tested
examination exam
pressure pressures
side sides
develop develops
recover recovery heal healing heals get_better
last lasts lasting
spread spreads
bath bathing bathe
wait waiting
nurse nurses
hospital ward
sun sunlight
quickly fast rapidly quick
slowly slow gradually
return come_back comes_back coming_back back returns
empty_stomach without_food
near close_to
whole entire
difficult hard difficulty
people persons person everyone anyone
"""
SAME = tuple(tuple(line.split()) for line in _SAME.strip().splitlines())
